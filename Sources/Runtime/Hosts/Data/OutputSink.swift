/// Takes a script's output as it comes, besides the ``Output`` at the end or in its place.
package final class OutputSink: Sendable, Hashable {
  /// Whether standard output is in the ``Output``, too, up to ``Script/outputLimit``.
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
