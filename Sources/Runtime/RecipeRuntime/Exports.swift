// A program imports this module alone. `public import` would not make the names below visible to it (SE-0409), so these
// floors are re-exported; of them, it sees what is public.
@_exported import Contract
@_exported import Diagnosis
@_exported import Hosts
@_exported import Primitives
@_exported import Runs
@_exported import Values
