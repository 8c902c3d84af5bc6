/// Takes a script's output while the script runs, besides the ``Output`` at the end or in place of that output.
package final class OutputSink: Sendable, Hashable {
  /// Whether the ``Output`` has standard output too, up to ``Script/outputLimit``.
  let keepsOutput: Bool
  private let receive: @Sendable (_ bytes: [UInt8], _ isError: Bool) -> Void

  /// - Parameter receive: called in order, for standard output and standard error.
  package init(keepsOutput: Bool, _ receive: @escaping @Sendable (_ bytes: [UInt8], _ isError: Bool) -> Void) {
    self.keepsOutput = keepsOutput
    self.receive = receive
  }

  func take(_ bytes: [UInt8], isError: Bool) { receive(bytes, isError) }

  package static func == (one: OutputSink, other: OutputSink) -> Bool { one === other }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
