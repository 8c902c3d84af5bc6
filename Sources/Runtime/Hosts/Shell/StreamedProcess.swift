import Subprocess

extension Configuration {
  /// The buffers of a process's two streams, in bytes; see ``SmallBuffers``.
  typealias Buffers = (output: Int32, error: Int32)

  /// Runs a process to its end, and reads its two streams side by side.
  ///
  /// - Parameters:
  ///   - began: called once the process runs. May return a task that ends the process after a while; the task is
  ///     cancelled if the process ends before.
  ///   - take: gets each piece of output.
  /// - Returns: the process's status; whether the task has ended the process.
  /// - Throws: the reason why the process could not be started.
  func streamed<Input: InputProtocol>(
    input: Input, buffers: Buffers = (16 << 10, 4 << 10),
    began: @Sendable (Execution<Input, SequenceOutput, SequenceOutput>) async -> Task<Void, any Error>?,
    take: @escaping @Sendable (_ bytes: [UInt8], _ isError: Bool) async -> Void
  ) async throws -> (status: Int32, wasEnded: Bool) {
    _ = SilentPipes.ready
    let start = try await ProcessStart.admit()
    let result = try await Subprocess.run(self, input: input, output: .sequence, error: .sequence) { execution in
      start.end()
      let watch = await began(execution)
      defer { watch?.cancel() }
      let process = execution.processIdentifier.value
      await withTaskGroup { group in
        group.addTask {
          await Self.read(execution.standardOutput, 1, of: process, buffers.output) { await take($0, false) }
        }
        group.addTask {
          await Self.read(execution.standardError, 2, of: process, buffers.error) { await take($0, true) }
        }
      }
      watch?.cancel()
      return (try? await watch?.value) != nil
    }
    return (result.terminationStatus.shellStatus, result.closureResult)
  }

  private static func read(
    _ stream: SubprocessOutputSequence, _ descriptor: Int32, of process: Int32, _ size: Int32,
    _ take: ([UInt8]) async -> Void
  ) async {
    var pieces = SmallBuffers.whileSmall(descriptor, of: process, size: size) { stream.makeAsyncIterator() }
    do {
      while let piece = try await pieces.next() { await take(piece.withUnsafeBytes(Array.init)) }
    } catch {
      // An unreadable stream counts as closed; the process's status has the details.
    }
  }
}
