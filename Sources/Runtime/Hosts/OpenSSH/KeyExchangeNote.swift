/// A remark for a run on many hosts: ssh's first key exchange takes much processor time.
///
/// OpenSSH 9.0 to 9.9 begin with sntrup761, OpenSSH 10 with mlkem768. A server that knows only the slow exchange decides
/// otherwise, so the remark names both sides.
package enum KeyExchangeNote {
  /// The number of hosts from which the difference is seconds.
  static let fewestHosts = 50
  /// Of processor time a login, on this computer.
  static let milliseconds = 65

  /// - Returns: `nil` for fewer hosts, or another key exchange.
  package static func text(hosts: Int, program: String = "ssh") async -> String? {
    guard hosts >= fewestHosts, let answer = await ClientProgram(program).run(["-G", "--", "host"]) else { return nil }
    guard answer.stdout.contains("\nkexalgorithms sntrup761") else { return nil }
    let seconds = (hosts * milliseconds + 500) / 1000
    return "note: ssh's key exchange with \(hosts) hosts takes about \(seconds) s of processor time here; OpenSSH 10, "
      + "here and on the hosts, has a faster one"
  }
}
