import Formats

/// Whether a Lua file is text without hidden content.
package enum LuaText {
  package enum Fault: Error, Hashable, Sendable {
    case bytecode
    case notUTF8
    case unseen(Unicode.Scalar)
  }

  /// - Returns: the first fault and its line; `nil` if the text is exactly as it looks.
  static func fault(in bytes: [UInt8]) -> (line: Int, fault: Fault)? {
    // Lua recognises bytecode by this first byte (LUA_SIGNATURE, lua.h).
    if bytes.first == 0x1B { return (1, .bytecode) }
    guard let text = String(validating: bytes, as: UTF8.self) else { return (brokenLine(bytes), .notUTF8) }
    var line = 1
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      // After a carriage return alone, a terminal overwrites the line.
      if previous == "\r", scalar != "\n" { return (line, .unseen(previous)) }
      if scalar == "\n" { line += 1 }
      if scalar.isUnseen(after: previous), scalar != "\r" { return (line, .unseen(scalar)) }
      previous = scalar
    }
    return previous == "\r" ? (line, .unseen(previous)) : nil
  }

  /// The first line that is not UTF-8.
  private static func brokenLine(_ bytes: [UInt8]) -> Int {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    return 1 + (lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0)
  }
}

extension LuaText.Fault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .bytecode: "the file is compiled Lua; only source text is accepted, so that people can read it"
    case .notUTF8: "the file is not UTF-8 text"
    case .unseen(let scalar):
      "the character \(scalar.codePoint) is invisible or hides other text; write \"\\u{\(scalar.hexadecimal)}\" "
        + "in a string instead"
    }
  }
}

extension Unicode.Scalar {
  fileprivate var hexadecimal: String { String(value, radix: 16) }
}
