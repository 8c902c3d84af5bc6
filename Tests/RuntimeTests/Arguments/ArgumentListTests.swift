import Testing

@testable import Values

@Suite struct ArgumentListTests {
  static let parameters = [
    Parameter<String>("path", "A path.").info, Parameter<String>("mode", "A mode.").info,
    Parameter<[String]>("names", "Names.", default: []).info,
  ]

  private func read(_ arguments: LuaValue...) throws -> [String: LuaValue] {
    try ArgumentList.named(arguments, parameters: Self.parameters)
  }

  private func table(_ list: [LuaValue] = [], _ fields: [String: LuaValue] = [:]) -> LuaValue {
    .table(LuaTable(list: list, fields: fields))
  }

  @Test func `arguments are taken in order, by name, or both`() throws {
    let wanted: [String: LuaValue] = ["path": .string("/a"), "mode": .string("600")]
    #expect(try read(.string("/a"), .string("600")) == wanted)
    #expect(try read(table([], wanted)) == wanted)
    #expect(try read(.string("/a"), table([], ["mode": .string("600")])) == wanted)
    #expect(try read(table([.string("/a")], ["mode": .string("600")])) == wanted)
    #expect(try read(table([.string("/a"), .string("600")])) == wanted)
  }

  @Test func `a list is the argument where a list belongs`() throws {
    let names = table([.string("x")])
    #expect(
      try read(.string("/a"), .string("600"), names) == ["path": .string("/a"), "mode": .string("600"), "names": names])
  }

  @Test func `the items of a first list may stand beside named arguments`() throws {
    let parameters = [
      Parameter<[String]>("names", "Names.").info, Parameter<String>("state", "A state.", default: "present").info,
    ]
    let list = table([.string("x"), .string("y")])
    func read(_ argument: LuaValue) throws -> [String: LuaValue] {
      try ArgumentList.named([argument], parameters: parameters)
    }
    #expect(try read(list) == ["names": list])
    #expect(try read(table([list])) == ["names": list])
    let wanted: [String: LuaValue] = ["names": list, "state": .string("newest")]
    #expect(try read(table([.string("x"), .string("y")], ["state": .string("newest")])) == wanted)
    #expect(try read(table([list], ["state": .string("newest")])) == wanted)
    #expect(try read(table([list, .string("newest")])) == wanted)
  }

  @Test func `a key is a table with names, alone or as the first item of the arguments' table`() throws {
    let parameters = [
      Parameter<KeyArgument?>("key", "A key.", default: nil).info, Parameter<String>("account", "An account.").info,
    ]
    func read(_ argument: LuaValue) throws -> [String: LuaValue] {
      try ArgumentList.named([argument], parameters: parameters)
    }
    let key = table([], ["path": .string("/k")])
    #expect(try read(key) == ["key": key])
    #expect(try read(table([key])) == ["key": key])
    #expect(try read(table([key], ["account": .string("ada")])) == ["key": key, "account": .string("ada")])
    #expect(try read(table()) == [:])
  }

  @Test func `an argument without a parameter is refused by name`() throws {
    #expect(throws: ArgumentError.unknown(parameter: "mod", nearest: "mode")) { try read(table([], ["mod": .nil])) }
    #expect(throws: ArgumentError.tooMany(given: 4, taken: 3)) {
      try read(.string("a"), .string("b"), table([.string("x")]), .string("c"))
    }
    #expect(throws: ArgumentError.twice(parameter: "path")) {
      try read(.string("/a"), table([], ["path": .string("/b")]))
    }
  }
}
