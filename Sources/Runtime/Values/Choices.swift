/// An argument with a fixed set of names.
package protocol ChoiceArgument: LuaArgument, RawRepresentable, CaseIterable where RawValue == String {}

extension ChoiceArgument {
  package static var luaType: String { allCases.map { "\"\($0.rawValue)\"" }.joined(separator: "|") }
  package static var expectation: String {
    let names = allCases.map { "\"\($0.rawValue)\"" }
    return names.dropLast().joined(separator: ", ") + (names.count > 1 ? " or " : "") + (names.last ?? "")
  }
  package init(lua value: LuaValue) throws(Mismatch) {
    guard let text = value.text, let choice = Self(rawValue: text) else {
      throw Mismatch(Self.expectation, got: value)
    }
    self = choice
  }
  package var luaText: String { "\"\(rawValue)\"" }
}

/// The key types that `ssh-keygen -t` makes and current servers accept. OpenSSH 10 has removed DSA.
package enum KeyType: String, ChoiceArgument {
  case ed25519, ecdsa, rsa
}

/// A TCP port.
package struct Port: LuaArgument, Hashable {
  package static let luaType = "integer"
  package static let expectation = "port number from 1 to 65535"
  package var number: Int
  package init(lua value: LuaValue) throws(Mismatch) {
    guard let number = try? Int(lua: value), (1...65535).contains(number) else {
      throw Mismatch(Self.expectation, got: value)
    }
    self.number = number
  }
  package var luaText: String { String(number) }
}

/// A duration, given as a number of seconds.
package struct Seconds: LuaArgument, Hashable {
  package static let luaType = "number"
  package static let expectation = "number of seconds above 0 and up to 86400"
  package var duration: Duration
  package init(_ seconds: Int) { duration = .seconds(seconds) }
  package init(lua value: LuaValue) throws(Mismatch) {
    let seconds: Double
    switch value {
    case .integer(let number): seconds = Double(number)
    case .number(let number): seconds = number
    default: throw Mismatch(Self.expectation, got: value)
    }
    guard seconds > 0, seconds <= 86400 else { throw Mismatch(Self.expectation, got: value) }
    duration = .milliseconds(Int64(seconds * 1000))
  }
  package var luaText: String { String(duration.components.seconds) }
}
