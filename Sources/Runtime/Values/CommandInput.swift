/// A command's standard input: a string of the recipe, or a secret unreadable to the recipe.
package enum CommandInput: LuaArgument, Hashable {
  package static let luaType = "string|ssh.Secret"
  package static let expectation = "string or secret"
  package static let secretKind = "secret"
  case text([UInt8])
  case secret(Int)

  package init(lua value: LuaValue) throws(Mismatch) {
    switch value {
    case .string(let bytes): self = .text(bytes)
    case .object(let object) where object.kind == Self.secretKind: self = .secret(object.id)
    default: throw Mismatch(Self.expectation, got: value)
    }
  }

  package var luaText: String {
    switch self {
    case .text(let bytes): LuaValue.string(bytes).shortText
    case .secret: "(secret)"
    }
  }
}
