// Runs the published program: node main.mjs FOLDER [arguments], where FOLDER holds _framework.
import { pathToFileURL } from "node:url";

const [folder, ...programArguments] = process.argv.slice(2);
const { dotnet } = await import(new URL("_framework/dotnet.js", pathToFileURL(folder + "/")));
const runtime = await dotnet.withApplicationArguments(...programArguments).create();
process.exit(await runtime.runMain());
