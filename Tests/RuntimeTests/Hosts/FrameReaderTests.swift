import Testing

@testable import Hosts

@Suite struct FrameReaderTests {
  @Test("frames are found however the stream is cut")
  func anyCut() {
    let mark = FrameMark()
    let word = mark.firstHalf + mark.secondHalf
    let text = "noise@\(word) 3 o 42\nout@put\n\(word.dropLast())\(word) 3 O 7\n\(word) x\n"
    let bytes = Array(text.utf8)
    for size in 1...bytes.count {
      var reader = FrameReader(mark: mark)
      var pieces: [FrameReader.Piece] = []
      var start = 0
      while start < bytes.count {
        pieces += reader.read(Array(bytes[start..<min(start + size, bytes.count)]))
        start += size
      }
      pieces.append(.bytes(reader.rest()))
      #expect(
        Self.joined(pieces) == [
          .bytes(Array("noise@".utf8)), .mark(.outputBegins, number: 3, value: 42),
          .bytes(Array("out@put\n\(word.dropLast())".utf8)), .mark(.outputEnds, number: 3, value: 7),
          .bytes(Array("\(word) x\n".utf8)),
        ])
    }
  }

  private static func joined(_ pieces: [FrameReader.Piece]) -> [FrameReader.Piece] {
    var result: [FrameReader.Piece] = []
    for piece in pieces {
      if case .bytes(let more) = piece, case .bytes(let before)? = result.last {
        result[result.count - 1] = .bytes(before + more)
      } else {
        result.append(piece)
      }
    }
    return result
  }
}
