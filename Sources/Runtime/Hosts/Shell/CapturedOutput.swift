/// The output of one script so far, up to the limit.
struct CapturedOutput: Sendable {
  let number: Int
  let limit: Int
  let sink: OutputSink?
  private(set) var output = Output()
  private var open: FrameReader.Kind?
  private var isOutputDone = false
  private var isErrorDone = false

  init(number: Int, limit: Int, sink: OutputSink? = nil) {
    self.number = number
    self.limit = limit
    self.sink = sink
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
    sink?.take(bytes, isError: toError)
    if !toError, sink?.keepsOutput == false { return }
    let kept = output.stdout.count + output.stderr.count
    let room = max(0, limit - kept)
    let part = bytes.prefix(room)
    if toError { output.stderr += part } else { output.stdout += part }
    output.dropped += bytes.count - part.count
  }
}
