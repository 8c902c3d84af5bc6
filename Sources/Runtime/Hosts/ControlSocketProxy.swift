/// The parts that another `ssh` on this computer needs to log in through an open control connection.
package struct ControlSocketProxy: Sendable, Hashable {
  package var controlSocket: String
  /// The OpenSSH client of the control connection.
  package var program: String
  /// The host's name in `known_hosts`: a login by another way must look up the key under this name, not under the new
  /// address.
  package var hostKeyName: String?

  package init(controlSocket: String, program: String = "ssh", hostKeyName: String? = nil) {
    self.controlSocket = controlSocket
    self.program = program
    self.hostKeyName = hostKeyName
  }

  /// A `ProxyCommand` that runs a command on the host, with the command's input and output as the connection.
  ///
  /// - Parameter command: shell without `"`, `$`, backquote, backslash and `!`: both the user's own shell, of any kind,
  ///   and the account's shell on the host read the command.
  package func proxyCommand(running command: String) -> String {
    let socket = controlSocket.replacing("%", with: "%%")
    return "\"\(program)\" -F /dev/null -S \"\(socket)\" -o ControlMaster=no -o ProxyCommand=false -o BatchMode=yes "
      + "-o LogLevel=ERROR -T -- host \"exec sh -c '\(command)'\""
  }
}

/// The host's new address, after its port has changed in this run.
package struct Relocation: Sendable, Hashable {
  package var port: Int
  /// The port in the server's own numbering; a router in between may use another number.
  package var serverPort: Int
  /// See ``ControlSocketProxy/hostKeyName``; the key is the same at any port.
  package var hostKeyName: String?

  package init(port: Int, serverPort: Int, hostKeyName: String?) {
    self.port = port
    self.serverPort = serverPort
    self.hostKeyName = hostKeyName
  }

  package var options: [String] { hostKeyName.map { ["HostKeyAlias=\($0)"] } ?? [] }
}
