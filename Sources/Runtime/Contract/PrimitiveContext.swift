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
  package var branch: Int
  /// File and line of the call in the recipe, if Lua knows them.
  package let position: String?
  /// The ID of the call; set once the call has begun.
  package var call: Int?
  /// The caller, if a primitive written in Lua makes the call.
  package var caller: Caller?

  /// A primitive written in Lua, as the caller of another primitive.
  package struct Caller: Sendable {
    package var name: String
    package var file: String
    /// The declared permissions; the caller gets no others.
    package var needs: Set<Permission>
    /// Whether the caller still decides. Until the next change, answers of commands are then remembered.
    package var isDeciding: Bool

    package init(name: String, file: String, needs: Set<Permission>, isDeciding: Bool) {
      self.name = name
      self.file = file
      self.needs = needs
      self.isDeciding = isDeciding
    }
  }

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
    if root { try require(.root, for: primitive) }
    return root ? .root : .login
  }

  /// Refuses a call whose arguments need a permission missing in the recipe or in the calling primitive.
  ///
  /// - Parameter primitive: the name of the primitive, for the message.
  /// - Throws: ``Failure`` of kind `permission`.
  package func require(_ permission: Permission, for primitive: String) throws {
    if let caller, !caller.needs.contains(permission) { throw caller.lacks(permission, for: primitive) }
    try services.require(permission, for: primitive)
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

extension PrimitiveContext.Caller {
  /// The failure of a call that needs a permission missing from the caller's declaration.
  package func lacks(_ permission: Permission, for primitive: String) -> Failure {
    Failure(
      .permission,
      "'\(name)' calls '\(primitive)', which needs the permission \"\(permission.rawValue)\", and does not ask for it",
      explanation: "a primitive may only do what it asks for in its own `needs`",
      fix: ["add \"\(permission.rawValue)\" to `needs` in \(file)"])
  }
}
