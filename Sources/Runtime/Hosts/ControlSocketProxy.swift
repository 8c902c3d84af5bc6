/// What another `ssh` on this computer needs in order to come in through a login that is open.
package struct ControlSocketProxy: Sendable, Hashable {
  package var controlSocket: String
  /// The client that made the login.
  package var program: String
  /// The name under which `known_hosts` has the host's key: a login by another way looks there, not under its own.
  package var hostKeyName: String?

  package init(controlSocket: String, program: String = "ssh", hostKeyName: String? = nil) {
    self.controlSocket = controlSocket
    self.program = program
    self.hostKeyName = hostKeyName
  }

  /// A `ProxyCommand` that runs a command on the host as its way in.
  ///
  /// - Parameter command: shell without `"`, `$`, backquote, backslash and `!`: the person's own shell, of whatever kind, and the
  ///   account's on the host both read it.
  package func proxyCommand(running command: String) -> String {
    let socket = controlSocket.replacing("%", with: "%%")
    return "\"\(program)\" -F /dev/null -S \"\(socket)\" -o ControlMaster=no -o ProxyCommand=false -o BatchMode=yes "
      + "-o LogLevel=ERROR -T -- host \"exec sh -c '\(command)'\""
  }
}

/// Where a host is reached from now on, after its port has changed in this run.
package struct Relocation: Sendable, Hashable {
  package var port: Int
  /// The same as the server itself counts it; a router in between may have its own number for it.
  package var serverPort: Int
  /// See ``ControlSocketProxy/hostKeyName``; the key is the same, at whatever port.
  package var hostKeyName: String?

  package init(port: Int, serverPort: Int, hostKeyName: String?) {
    self.port = port
    self.serverPort = serverPort
    self.hostKeyName = hostKeyName
  }

  package var options: [String] { hostKeyName.map { ["HostKeyAlias=\($0)"] } ?? [] }
}
