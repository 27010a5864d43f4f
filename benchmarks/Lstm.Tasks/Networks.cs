namespace Lstm.Tasks;

/// <summary>Adding: value and marker in, the sum out.</summary>
[LstmNetwork(Input = 2, Hidden = 8, Output = 1)]
internal partial struct AddingNetwork;

/// <summary>Temporal order of two symbols: one of 8 symbols in, 4 classes out.</summary>
[LstmNetwork(Input = 8, Hidden = 8, Output = 4)]
internal partial struct TwoSymbolNetwork;

/// <summary>Temporal order of three symbols: one of 8 symbols in, 8 classes out.</summary>
[LstmNetwork(Input = 8, Hidden = 8, Output = 8)]
internal partial struct ThreeSymbolNetwork;

/// <summary>Embedded Reber grammar: one of 7 symbols in, the next one out.</summary>
[LstmNetwork(Input = 7, Hidden = 8, Output = 7)]
internal partial struct ReberNetwork;

/// <summary>Copy memory: 8 symbols, blank and signal in; 8 symbols and blank out.</summary>
[LstmNetwork(Input = 10, Hidden = 64, Output = 9)]
internal partial struct CopyNetwork;

/// <summary>Sunspots: the number of this month in, the changes until each of the next 12 months out.</summary>
[LstmNetwork(Input = 1, Hidden = 16, Output = 12)]
internal partial struct SunspotNetwork;
