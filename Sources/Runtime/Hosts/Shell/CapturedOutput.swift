/// The output of one script so far, up to the limit.
struct CapturedOutput: Sendable {
  let number: Int
  let limit: Int
  private(set) var output = Output()
  private var open: FrameReader.Kind?
  private var isOutputDone = false
  private var isErrorDone = false

  init(number: Int, limit: Int) {
    self.number = number
    self.limit = limit
  }

  var isComplete: Bool { isOutputDone && isErrorDone }

  mutating func mark(_ kind: FrameReader.Kind, value: Int32) {
    switch kind {
    case .outputBegins, .errorBegins, .onTerminal: break
    case .outputEnds:
      isOutputDone = true
      output.status = value
    case .errorEnds: isErrorDone = true
    }
  }

  mutating func append(_ bytes: [UInt8], toError: Bool) {
    let kept = output.stdout.count + output.stderr.count
    let room = max(0, limit - kept)
    let part = bytes.prefix(room)
    if toError { output.stderr += part } else { output.stdout += part }
    output.dropped += bytes.count - part.count
  }
}
