/// An argument with a fixed set of names.
public protocol ChoiceArgument: LuaArgument, RawRepresentable, CaseIterable where RawValue == String {}

extension ChoiceArgument {
  public static var luaType: String { allCases.map { "\"\($0.rawValue)\"" }.joined(separator: "|") }
  public static var expectation: String { Wording.choices(allCases.map(\.rawValue)) }
  public init(lua value: LuaValue) throws(Mismatch) {
    guard let text = value.text, let choice = Self(rawValue: text) else {
      throw Mismatch(Self.expectation, got: value)
    }
    self = choice
  }
  public var luaText: String { "\"\(rawValue)\"" }
}

/// The key types that `ssh-keygen -t` makes and current servers accept. OpenSSH 10 has removed DSA.
package enum KeyType: String, ChoiceArgument {
  case ed25519, ecdsa, rsa
}

/// A TCP port.
public struct Port: LuaArgument, Hashable {
  public static let luaType = "integer"
  public static let expectation = "port number from 1 to 65535"
  public var number: Int
  public init(lua value: LuaValue) throws(Mismatch) {
    guard let number = try? Int(lua: value), (1...65535).contains(number) else {
      throw Mismatch(Self.expectation, got: value)
    }
    self.number = number
  }
  public var luaText: String { String(number) }
}

/// A duration, given as a number of seconds.
public struct Seconds: LuaArgument, Hashable {
  public static let luaType = "number"
  public static let expectation = "number of seconds above 0 and up to 86400"
  public var duration: Duration
  public init(_ seconds: Int) { duration = .seconds(seconds) }
  public init(lua value: LuaValue) throws(Mismatch) {
    let seconds: Double
    switch value {
    case .integer(let number): seconds = Double(number)
    case .number(let number): seconds = number
    default: throw Mismatch(Self.expectation, got: value)
    }
    guard seconds > 0, seconds <= 86400 else { throw Mismatch(Self.expectation, got: value) }
    duration = .milliseconds(Int64(seconds * 1000))
  }
  public var luaText: String { String(duration.components.seconds) }
}
