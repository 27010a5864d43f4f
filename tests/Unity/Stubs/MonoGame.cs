// As much of MonoGame as docs/monogame.md uses.
using System;

namespace Microsoft.Xna.Framework
{
    public class GameTime
    {
    }

    public class GraphicsDeviceManager
    {
        public GraphicsDeviceManager(Game game) => Game = game;

        public Game Game { get; }
    }

    public class Game
    {
        public bool IsFixedTimeStep { get; set; }

        public TimeSpan TargetElapsedTime { get; set; }

        protected virtual void Initialize()
        {
        }

        protected virtual void Update(GameTime gameTime)
        {
        }

        protected virtual void EndRun()
        {
        }
    }
}

namespace Microsoft.Xna.Framework.Input
{
    public struct MouseState
    {
        public int X { get; set; }
    }

    public static class Mouse
    {
        public static MouseState GetState() => default;
    }
}
