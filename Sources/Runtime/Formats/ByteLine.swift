/// One line of a text file with its own ending, so that the file can be reassembled byte for byte.
package struct ByteLine: Equatable, Sendable {
  /// The bytes without the ending.
  package var content: [UInt8]
  /// `\n`, `\r\n`, or empty for a last line without a newline.
  package var ending: [UInt8]

  package init(content: [UInt8], ending: [UInt8] = [0x0A]) {
    self.content = content
    self.ending = ending
  }

  package init(_ text: String, ending: [UInt8] = [0x0A]) {
    self.init(content: Array(text.utf8), ending: ending)
  }

  package var bytes: [UInt8] { content + ending }
  package var text: String { String(decoding: content, as: UTF8.self) }

  /// The lines of a file. An empty file has none; a final newline opens no further line.
  package static func split(_ bytes: [UInt8]) -> [ByteLine] {
    var lines: [ByteLine] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == Byte.lineFeed {
      let isCRLF = index > start && bytes[index - 1] == Byte.carriageReturn
      let end = isCRLF ? index - 1 : index
      lines.append(ByteLine(content: Array(bytes[start..<end]), ending: Array(bytes[end...index])))
      start = index + 1
    }
    if start < bytes.count { lines.append(ByteLine(content: Array(bytes[start...]), ending: [])) }
    return lines
  }
}

extension [ByteLine] {
  package var joinedBytes: [UInt8] { flatMap(\.bytes) }

  /// The most frequent ending, for inserted lines.
  var commonEnding: [UInt8] {
    let crlf = count { $0.ending.count == 2 }
    return crlf > count { $0.ending.count == 1 } ? [Byte.carriageReturn, Byte.lineFeed] : [Byte.lineFeed]
  }

  /// Ends an open last line, so that appended text does not become part of the line.
  package mutating func closeLastLine(with ending: [UInt8]) {
    guard let last = indices.last, self[last].ending.isEmpty else { return }
    self[last].ending = ending
  }
}

package enum Byte {
  static let tab = UInt8(ascii: "\t")
  package static let lineFeed = UInt8(ascii: "\n")
  static let formFeed: UInt8 = 0x0C
  package static let carriageReturn = UInt8(ascii: "\r")
  package static let space = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")
  static let backslash = UInt8(ascii: "\\")
  package static let hash = UInt8(ascii: "#")
  static let equals = UInt8(ascii: "=")

  static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }
  /// OpenSSH's `WHITESPACE` (misc.c).
  package static func isSpace(_ byte: UInt8) -> Bool {
    isBlank(byte) || byte == lineFeed || byte == carriageReturn
  }
}
