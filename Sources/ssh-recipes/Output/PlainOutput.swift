import Runs
import Synchronization

/// Lines for logs and pipes, without colours, cursor movement or control characters.
final class PlainOutput: EventSink {
  private let output: TextStream
  private let complaints: TextStream
  private let narrator: Mutex<Narrator>

  /// - Parameter complaints: the stream for warnings and errors.
  init(output: TextStream, complaints: TextStream, detail: Narrator.Detail) {
    self.output = output
    self.complaints = complaints
    narrator = Mutex(Narrator(style: .plain, detail: detail, hasMarks: false))
  }

  func receive(_ event: Event) {
    // Written under the lock, so that the lines of one event stay together.
    narrator.withLock {
      for line in $0.lines(for: event) { (line.isComplaint ? complaints : output).line(line.text) }
    }
  }
}
