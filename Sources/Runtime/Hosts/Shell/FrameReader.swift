import Formats

/// Splits one stream of a shell into frames, exact to the byte: a script may print any bytes, with or without a last
/// newline.
struct FrameReader: Sendable {
  enum Kind: UInt8, Sendable {
    case outputBegins = 0x6F  // o
    case outputEnds = 0x4F  // O
    case errorBegins = 0x65  // e
    case errorEnds = 0x45  // E
    /// The shell runs on a terminal, where a pipe was expected.
    case onTerminal = 0x74  // t
  }

  enum Piece: Sendable, Equatable {
    case bytes([UInt8])
    /// `value` is the shell's process ID in `outputBegins` and the exit status in `outputEnds`.
    case mark(Kind, number: Int, value: Int32)
  }

  private let mark: [UInt8]
  private var held: [UInt8] = []
  /// The longest header after a mark: two numbers, a letter, blanks, a newline, and a carriage return from a terminal.
  private static let longestHeader = 48

  init(mark: FrameMark) { self.mark = mark.bytes }

  /// - Returns: the pieces complete after `chunk`; the start of a possible mark is kept for the next call.
  mutating func read(_ chunk: [UInt8]) -> [Piece] {
    var data = held
    if data.isEmpty { data = chunk } else { data += chunk }
    held = []
    var pieces: [Piece] = []
    var start = 0
    var searchFrom = 0
    while let found = data.position(of: mark, from: searchFrom) {
      let headerStart = found + mark.count
      let header = data[headerStart...].prefix(Self.longestHeader)
      guard let newline = header.firstIndex(of: 0x0A) else {
        if header.count == Self.longestHeader {
          searchFrom = headerStart
          continue
        }
        if found > start { pieces.append(.bytes(Array(data[start..<found]))) }
        held = Array(data[found...])
        return pieces
      }
      guard let piece = Self.piece(data[headerStart..<newline]) else {
        searchFrom = headerStart
        continue
      }
      if found > start { pieces.append(.bytes(Array(data[start..<found]))) }
      pieces.append(piece)
      start = newline + 1
      searchFrom = start
    }
    let keep = lengthOfPossibleMark(atEndOf: data, from: start)
    let end = data.count - keep
    if end > start { pieces.append(.bytes(start == 0 && keep == 0 ? data : Array(data[start..<end]))) }
    held = Array(data[end...])
    return pieces
  }

  /// The bytes kept back, at the end of the stream.
  mutating func rest() -> [UInt8] {
    defer { held = [] }
    return held
  }

  private func lengthOfPossibleMark(atEndOf data: [UInt8], from start: Int) -> Int {
    var length = min(mark.count - 1, data.count - start)
    while length > 0 {
      if data[(data.count - length)...].elementsEqual(mark[..<length]) { return length }
      length -= 1
    }
    return 0
  }

  private static func piece(_ header: ArraySlice<UInt8>) -> Piece? {
    let words = header.split(whereSeparator: { $0 == 0x20 || $0 == 0x0D })
    guard words.count == 3, let number = Int(String(decoding: words[0], as: UTF8.self)),
      words[1].count == 1, let letter = words[1].first, let kind = Kind(rawValue: letter),
      let value = Int32(String(decoding: words[2], as: UTF8.self))
    else { return nil }
    return .mark(kind, number: number, value: value)
  }
}
