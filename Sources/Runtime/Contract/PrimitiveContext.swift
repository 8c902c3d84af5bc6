import Diagnosis
import Hosts
import Values

/// The surroundings of one call of a primitive: its hosts, the run, and the place in the recipe.
public struct PrimitiveContext: Sendable {
  /// The host of the call: `pi` in `pi:chmod(…)`; this computer for recipe functions such as `ask`.
  public let reader: Reader
  /// This computer.
  public let here: Reader
  package let services: any RunServices
  /// The branch of `parallel` with the call; 0 outside.
  package let branch: Int
  /// File and line of the call in the recipe, if Lua knows them.
  package let position: String?

  package init(
    reader: Reader, here: Reader, services: any RunServices, branch: Int = 0, position: String? = nil
  ) {
    self.reader = reader
    self.here = here
    self.services = services
    self.branch = branch
    self.position = position
  }

  /// The host of the call.
  package var host: Host { reader.host }

  /// Shows a note to the user.
  public func note(_ text: String) { services.note(text, branch: branch) }

  /// Shows a warning to the user.
  public func warn(_ text: String) { services.warn(text, branch: branch) }

  /// Reports that a change of the host's sshd configuration has passed a gate; see
  /// ``RunMessages/passed(_:_:on:branch:)``.
  package func passed(_ gate: Gate, _ summary: String) { services.passed(gate, summary, on: host, branch: branch) }

  /// The account for an argument `root`. `true` needs the permission `root`.
  ///
  /// - Parameter primitive: the name of the primitive, for the message.
  /// - Throws: ``Failure`` of kind `permission`.
  public func account(root: Bool, for primitive: String) throws -> Account {
    if root { try services.require(.root, for: primitive) }
    return root ? .root : .login
  }

  /// The reader of another host of the run.
  ///
  /// - Throws: ``Failure`` of kind `argument` for a host of another run.
  package func reader(of host: HostArgument) throws -> Reader {
    guard let reader = services.reader(of: host) else {
      throw Failure(.argument, "that host is not part of this run")
    }
    return reader
  }
}
