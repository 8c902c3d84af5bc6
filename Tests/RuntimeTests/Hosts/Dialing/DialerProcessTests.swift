import Foundation
import TestSupport
import Testing

@testable import Hosts

/// The built program as ssh's proxy dialer.
@Suite(.enabled(if: LoopbackServer.askpassProgram != nil)) struct DialerProcessTests {
  private let program = LoopbackServer.askpassProgram ?? ""

  private func withLog<Result>(_ body: (String) throws -> Result) throws -> Result {
    let log = FileManager.default.temporaryDirectory.appending(path: "dial-\(UUID().uuidString)").path
    try Data().write(to: URL(fileURLWithPath: log))
    defer { try? FileManager.default.removeItem(atPath: log) }
    return try body(log)
  }

  /// A dialer with our end of its standard output.
  private func start(_ words: String...) throws -> (process: ChildProcess, end: Int32) {
    var ends: [Int32] = [-1, -1]
    #if canImport(Glibc)
      try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    #else
      try #require(socketpair(AF_UNIX, SOCK_STREAM, 0, &ends) == 0)
    #endif
    defer { close(ends[1]) }
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    return (try ChildProcess(program, ["ssh-dialer"] + words, output: .descriptor(ends[1])), ends[0])
  }

  private func option(_ level: Int32, _ name: Int32, of socket: Int32) -> Int32 {
    var (value, size) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
    return getsockopt(socket, level, name, &value, &size) == 0 ? value : -1
  }

  @Test(arguments: [("yes", true), ("no", false)])
  func `the connection is passed on, without Nagle's delay`(keepAlive: String, isKept: Bool) throws {
    let listener = try TestListener()
    try withLog { log in
      let (process, end) = try start("any", "5", keepAlive, log, "127.0.0.1", "\(listener.port)")
      defer { close(end) }
      let connection = try #require(DescriptorPassing.receive(over: end))
      defer { close(connection) }
      #expect(process.wait() == 0)
      #expect(option(Int32(IPPROTO_TCP), TCP_NODELAY, of: connection) != 0)
      #expect((option(SOL_SOCKET, SO_KEEPALIVE, of: connection) != 0) == isKept)
      #expect(fcntl(connection, F_GETFL) & O_NONBLOCK == 0)
      let text = try String(contentsOfFile: log, encoding: .utf8)
      #expect(
        text == "debug1: Connecting to 127.0.0.1 [127.0.0.1] port \(listener.port).\r\n"
          + "debug1: Connection established.\r\n")
    }
  }

  @Test func `a dialer ends with its ssh`() async throws {
    let listener = try TestListener(.full)
    let log = FileManager.default.temporaryDirectory.appending(path: "dial-\(UUID().uuidString)").path
    try Data().write(to: URL(fileURLWithPath: log))
    defer { try? FileManager.default.removeItem(atPath: log) }
    let (process, end) = try start("any", "100", "yes", log, "127.0.0.1", "\(listener.port)")
    #expect(
      await becomesTrue { (try? String(contentsOfFile: log, encoding: .utf8))?.contains("Connecting to") == true })
    #expect(process.isRunning)
    close(end)
    #expect(await becomesTrue { !process.isRunning })
  }

  enum Place: CaseIterable {
    case refused, silence, unknownName, wrongFamily, twoAddresses
  }

  /// Words of a real ssh, with and without the dialer.
  @Test(arguments: Place.allCases)
  func `a failure has the words of ssh`(_ place: Place) throws {
    let full = try TestListener(.full)
    let (host, port, family) =
      switch place {
      case .refused: ("127.0.0.1", 1, "any")
      case .silence: ("127.0.0.1", full.port, "any")
      case .unknownName: ("nowhere.invalid", 22, "any")
      case .wrongFamily: ("127.0.0.1", 22, "inet6")
      case .twoAddresses: ("localhost", 1, "any")
      }
    let own = ["ConnectTimeout=1", "AddressFamily=\(family)"]
    let logs = try [false, true].map { isDialed in
      try withLog { log in
        let config = ClientConfig(values: ["addressfamily": [family]])
        let command = try #require(DialRequest.command(program, config, timeout: 1, log: log))
        let options = own + (isDialed ? ["ProxyCommand=\(command)", "ProxyUseFdpass=yes"] : [])
        let words = ["-v", "-E", log, "-F", "/dev/null", "-p", "\(port)"] + options.flatMap { ["-o", $0] }
        let ssh = try ChildProcess.run("/usr/bin/ssh", words + [host, "true"])
        #expect(ssh.status == 255)
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: log)))
        #expect(!DialerLog(bytes).isWithoutAnswer)
        return String(decoding: DialerLog(bytes).withoutDialer, as: UTF8.self)
      }
    }
    #expect(logs[0] == logs[1])
    #expect(logs[0].contains("ssh: "))
  }

  @Test(arguments: [
    "", "ssh-dialer", "ssh-dialer any 5 yes /log host", "run any 5 yes /log host 22",
    "ssh-dialer ipx 5 yes /log host 22", "ssh-dialer any -1 yes /log host 22",
  ])
  func `other arguments are for another command`(_ words: String) {
    #expect(DialRequest(words.split(separator: " ").map(String.init)) == nil)
  }
}

extension DescriptorPassing {
  /// The counterpart in ssh (monitor_fdpass.c).
  static func receive(over socket: Int32) -> Int32? {
    let control = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 16)
    defer { control.deallocate() }
    var byte: UInt8 = 0
    return withUnsafeMutableBytes(of: &byte) { byte in
      var part = iovec(iov_base: byte.baseAddress, iov_len: 1)
      return withUnsafeMutablePointer(to: &part) { part in
        var message = msghdr()
        message.msg_iov = part
        message.msg_iovlen = 1
        message.msg_control = control.baseAddress
        message.msg_controllen = .init(control.count)
        guard recvmsg(socket, &message, 0) == 1, message.msg_controllen > 0 else { return nil }
        let length = Int(control.load(as: cmsghdr.self).cmsg_len)
        return control.load(fromByteOffset: length - MemoryLayout<Int32>.size, as: Int32.self)
      }
    }
  }
}
