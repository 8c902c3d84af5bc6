import Foundation
import Testing

@testable import Contract
@testable import Diagnosis
@testable import Hosts
@testable import Values

/// A home in a temporary folder, with primitives that work on it through a real shell. Removed with the last reference.
final class ShellHost: Sendable {
  let home: String
  let host: Hosts.Host
  let transport: ShellTransport
  let services: TestServices
  let reader: Reader
  let here: Reader

  /// - Parameters:
  ///   - shell: the program that runs scripts.
  ///   - isHere: whether the host is this computer to primitives.
  ///   - id: its number in the run.
  ///   - platform: its platform, whatever system the tests run on.
  ///   - here: the host that is this computer to primitives; by default it has the same home.
  ///   - change: all that differs in the transport.
  init(
    shell: [String] = ["sh"], isHere: Bool = false, id: Int = 1, target: Target = Target(user: "pi", host: "pi.lan"),
    platform: Platform? = nil, here: ShellHost? = nil, services: TestServices = TestServices(),
    change: (inout ShellTransport.Settings) -> Void = { _ in }
  ) throws {
    home = "/tmp/prim-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: false)
    var settings = ShellTransport.Settings(home: home, shell: shell)
    if var platform {
      platform.detect = [[.system("Linux")], [.system("Darwin")], [.system("FreeBSD")]]
      settings.platforms = [platform]
    }
    change(&settings)
    if let userID = settings.userID { chown(home, userID, userID) }
    transport = ShellTransport(settings)
    host = Hosts.Host(
      id: isHere ? 0 : id, role: isHere ? "here" : "pi", target: isHere ? nil : target, transport: transport)
    reader = Reader(host: host, platforms: settings.platforms)
    if let here {
      self.here = here.reader
    } else if isHere {
      self.here = reader
    } else {
      let local = ShellTransport(ShellTransport.Settings(home: home, variables: settings.variables))
      self.here = Reader(host: Hosts.Host(id: 0, role: "here", target: nil, transport: local), platforms: [])
    }
    self.services = services
    services.add(reader)
  }

  deinit { try? FileManager.default.removeItem(atPath: home) }

  /// The shells that every script must work in and that are there.
  static let shells: [[String]] = [["dash"], ["bash", "--posix"], ["busybox", "ash"]].filter { shell in
    ["/bin/", "/usr/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + shell[0]) }
  }
}
