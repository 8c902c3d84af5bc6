// A program imports this module alone. `public import` would not make the names below visible to the program (SE-0409),
// so these floors are re-exported; of them, the program sees only public symbols.
@_exported import Contract
@_exported import Diagnosis
@_exported import Hosts
@_exported import Primitives
@_exported import Runs
@_exported import Values
