/// The permission bits of a file, as `chmod` takes them in octal.
public struct FileMode: LuaArgument, Hashable, CustomStringConvertible {
  public static let luaType = "string"
  public static let expectation = "octal string such as \"0600\""

  /// The lower twelve bits of `st_mode`.
  public var bits: UInt16

  public init(bits: UInt16) { self.bits = bits & 0o7777 }

  /// Three or four octal digits, with or without a leading zero. A number is refused: 600 in Lua is not 0600.
  public init(lua value: LuaValue) throws(Mismatch) {
    guard let text = value.text, let mode = Self(text) else { throw Mismatch(Self.expectation, got: value) }
    self = mode
  }

  public init?(_ text: String) {
    guard (3...5).contains(text.count), let bits = UInt16(text, radix: 8), bits <= 0o7777, text.first != "+"
    else { return nil }
    self.bits = bits
  }

  /// Whether a file's seen mode satisfies this wanted mode. Directories may have more set-ID bits: inherited from the
  /// directory above (BSD, and Linux below a set-group-ID directory), and kept by GNU chmod.
  package func isSatisfied(by seen: FileMode, isDirectory: Bool) -> Bool {
    let inherited: UInt16 = isDirectory ? 0o6000 : 0
    return seen.bits & ~inherited == bits & ~inherited && seen.bits & bits == bits
  }

  /// Three digits, or four if a set-id or sticky bit is set: `600`, `1777`.
  public var description: String {
    let digits = String(bits, radix: 8)
    return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }
  public var luaText: String { "\"\(description)\"" }

  /// The bits as `ls -l` shows them, without the type: `rwxr-x---`.
  package var symbols: String {
    let letters: [Character] = ["r", "w", "x", "r", "w", "x", "r", "w", "x"]
    var text = letters.enumerated().map { bits & (0o400 >> UInt16($0.offset)) != 0 ? $0.element : "-" }
    for (bit, place, letter) in [(0o4000, 2, "s"), (0o2000, 5, "s"), (0o1000, 8, "t")] as [(UInt16, Int, Character)]
    where bits & bit != 0 {
      text[place] = text[place] == "x" ? letter : Character(letter.uppercased())
    }
    return String(text)
  }
}

/// A change of a mode by `chmod`: a new mode (`"700"`) or an adjustment (`"g-w,o-w"`).
package enum ModeChange: LuaArgument, Hashable {
  package static let luaType = "string"
  package static let expectation = "octal string such as \"0600\" or a change such as \"g-w,o-w\""

  case set(FileMode)
  case adjust([Clause])

  /// One clause of a symbolic mode, as in POSIX `chmod`, without `X`, `s`, `t` and copies of permissions.
  package struct Clause: Hashable, Sendable {
    /// The bits of the classes named in the clause: `u` 0o700, `g` 0o070, `o` 0o007.
    var who: UInt16
    var operation: Character
    var permissions: UInt16
    var text: String
  }

  package init(lua value: LuaValue) throws(Mismatch) {
    guard let text = value.text, let change = Self(text) else { throw Mismatch(Self.expectation, got: value) }
    self = change
  }

  package init?(_ text: String) {
    if let mode = FileMode(text) {
      self = .set(mode)
      return
    }
    var clauses: [Clause] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let clause = Clause(part) else { return nil }
      clauses.append(clause)
    }
    guard !clauses.isEmpty else { return nil }
    self = .adjust(clauses)
  }

  /// The mode of a file after the change.
  package func applied(to current: FileMode) -> FileMode {
    switch self {
    case .set(let mode): mode
    case .adjust(let clauses):
      clauses.reduce(into: current) { mode, clause in
        switch clause.operation {
        case "+": mode.bits |= clause.permissions
        case "-": mode.bits &= ~clause.permissions
        default: mode.bits = mode.bits & ~clause.who | clause.permissions
        }
      }
    }
  }

  package var luaText: String {
    switch self {
    case .set(let mode): mode.luaText
    case .adjust(let clauses): "\"\(clauses.map(\.text).joined(separator: ","))\""
    }
  }
}

extension ModeChange.Clause {
  init?(_ text: Substring) {
    guard let place = text.firstIndex(where: { "+-=".contains($0) }) else { return nil }
    var who: UInt16 = 0
    for letter in text[..<place] {
      switch letter {
      case "u": who |= 0o700
      case "g": who |= 0o070
      case "o": who |= 0o007
      case "a": who |= 0o777
      default: return nil
      }
    }
    // Without a class, chmod consults the umask; a recipe should not depend on the umask.
    guard who != 0 else { return nil }
    var permissions: UInt16 = 0
    for letter in text[text.index(after: place)...] {
      switch letter {
      case "r": permissions |= 0o444
      case "w": permissions |= 0o222
      case "x": permissions |= 0o111
      default: return nil
      }
    }
    guard permissions != 0 || text[place] == "=" else { return nil }
    self.init(who: who, operation: text[place], permissions: permissions & who, text: String(text))
  }
}
