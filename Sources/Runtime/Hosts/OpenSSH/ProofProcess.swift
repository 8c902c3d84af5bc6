import Formats
import Subprocess

/// The `ssh` of a new login, from its start until the proof is seen.
///
/// Start-up files may print any amount, never end, or leave processes that keep the session open.
actor ProofProcess {
  /// The command's output.
  private let nonce: [UInt8]
  private var printed: [UInt8] = []
  private var said: [UInt8] = []
  private var isSeen = false
  /// The reason for which the process was ended before the login.
  private(set) var fault: String?

  /// Time for the session to end after the command's output, and for the command to start after the login.
  private static let patience = (end: Duration.seconds(1), start: 60, login: 300, look: 10)
  private static let longest = 1 << 20

  init(nonce: String) { self.nonce = Array(nonce.utf8) }

  /// - Parameters:
  ///   - isIn: whether the server has accepted the login.
  ///   - look: looks for the reason of a login that takes long; with one, the process is ended.
  /// - Returns: the end, without a status if the command did not start in time; the newest MiB of the output.
  func run(
    _ configuration: Configuration, isIn: @escaping @Sendable () -> Bool,
    look: @escaping @Sendable () async -> String? = { nil }
  ) async -> (end: ShellEnd, printed: [UInt8]) {
    var end = ShellEnd(hadBegun: false, noise: "")
    do {
      let (status, wasEnded) = try await configuration.streamed(
        input: .none,
        began: { execution in
          Task { try await self.watch(isIn, look) { try? execution.send(signal: .terminate) } }
        }, take: { await self.take($0, isError: $1) })
      if isSeen || !wasEnded { end.status = status }
    } catch {
      end.startFailure = "\(error)"
    }
    end.noise = String(decoding: printed + said, as: UTF8.self)
    return (end, printed)
  }

  /// Ends the process once its time is over, and returns then.
  ///
  /// - Throws: `CancellationError`, if the process has ended before.
  private func watch(_ isIn: () -> Bool, _ look: () async -> String?, _ terminate: () -> Void) async throws {
    var (seconds, waited) = (0, 0)
    while !isSeen, seconds < Self.patience.start, waited < Self.patience.login, fault == nil {
      try await Task.sleep(for: .seconds(1))
      if seconds > 0 || isIn() {
        seconds += 1
      } else {
        waited += 1
        if waited % Self.patience.look == 0 { fault = await look() }
      }
    }
    try await Task.sleep(for: Self.patience.end)
    terminate()
  }

  private func take(_ bytes: [UInt8], isError: Bool) {
    guard !isError else {
      said += bytes
      if said.count > 2 * Self.longest { said.removeFirst(said.count - Self.longest) }
      return
    }
    if !isSeen { isSeen = (Array(printed.suffix(nonce.count)) + bytes).position(of: nonce) != nil }
    printed += bytes
    // What follows the proof must not displace it.
    if printed.count > Self.longest { printed = isSeen ? nonce : printed.suffix(Self.longest / 2) }
  }
}
