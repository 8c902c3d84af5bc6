extension LuaValue {
  /// The memory of the value outside Lua, roughly, in bytes.
  package var size: Int {
    switch self {
    case .nil, .boolean, .integer, .number, .function, .object: 32
    case .string(let bytes): 64 + bytes.count
    case .table(let table):
      table.list.reduce(64) { $0 + $1.size } + table.fields.reduce(64) { $0 + $1.key.utf8.count + $1.value.size }
    }
  }
}
