import Contract
import Diagnosis
import Hosts
import Values

/// The destinations of a command's output besides the recipe: a file on this computer, and the user's screen.
struct CommandStreams: Sendable {
  private let context: PrimitiveContext
  /// Absolute.
  private let file: String?
  private let isLive: Bool

  init(_ context: PrimitiveContext, file: String?, isLive: Bool) {
    self.context = context
    self.file = file
    self.isLive = isLive || context.services.showsOutput
  }

  /// Runs a script, and copies the output to the destinations.
  ///
  /// - Returns: the output, and the size of the file.
  /// - Throws: errors of `run`; ``Failure`` if the file cannot be written.
  func follow(
    _ script: Script, _ run: (Script) async throws -> Output
  ) async throws -> (output: Output, bytes: Int?) {
    guard file != nil || isLive else { return (try await run(script), nil) }
    let (services, host, branch) = (context.services, context.host, context.branch)
    let lines = isLive ? LiveLines { services.printed($0, isError: $1, on: host, branch: branch) } : nil
    do {
      let target = try file.map { path throws(OutputFileError) in try OutputFile(path) }
      var script = script
      script.sink = OutputSink(keepsOutput: target == nil) { bytes, isError in
        if let target, !isError { target.take(bytes) } else { lines?.take(bytes, isError: isError) }
      }
      let output = try await run(script)
      lines?.end()
      guard let target, output.isSuccess else { return (output, nil) }
      return (output, try target.finish())
    } catch let error as OutputFileError {
      throw Failure(
        .exit, "the output could not be written to \(error.path) on this computer", seen: [error.reason],
        paths: [error.path])
    }
  }
}
