import Testing

@testable import Hosts

/// The way to hosts behind a jump host.
@Suite struct JumpPathTests {
  @Test func `a command that is only ssh -W leads over a jump host`() throws {
    var bastion = Target(user: "pi", host: "bastion", port: 2222)
    #expect(JumpPath.jump(of: "ssh -W %h:%p -q pi@bastion -p 2222") == bastion)
    #expect(JumpPath.jump(of: "ssh -q -l pi -p2222 -W [%h]:%p bastion") == bastion)
    bastion.options = ["IdentityFile=~/.ssh/key", "ConnectTimeout=5", "ProxyJump=first"]
    let command = "/usr/bin/ssh -i ~/.ssh/key -o ConnectTimeout=5 -J first -W %h:%p pi@bastion -p 2222"
    #expect(JumpPath.jump(of: command) == bastion)
  }

  @Test(arguments: [
    "nc %h %p", "ssh bastion nc %h %p", "ssh -W %h:22 bastion", "ssh -W %h:%p bastion | tee log", "ssh -W %h:%p",
    "ssh -W %h:%p $JUMP", "sudo ssh -W %h:%p bastion", "ssh -F other -W %h:%p bastion", "ssh -W %h:%p %r@bastion", "",
    "ssh -W %h:%p 'a b'",
  ])
  func `any other command is left to ssh`(command: String) { #expect(JumpPath.jump(of: command) == nil) }

  @Test func `a jump host is asked for by its own name, and gets no password of its targets`() {
    let place = { (request: SecretRequest) in JumpSecrets.request(request, on: "web1") }
    #expect(place(.loginPassword(target: "pi@bastion")) == .jumpPassword(account: "pi@bastion", target: "web1"))
    #expect(
      place(.serverQuestion(target: "pi@bastion", text: "Code:", isPassword: false))
        == .proxyQuestion(account: "pi@bastion", text: "Code:", target: "web1"))
    #expect(place(.keyPassphrase(path: "key")) == .keyPassphrase(path: "key"))
    #expect(
      HostError.secretNeeded(.loginPassword(target: "pi@bastion"))
        .named(after: Target(host: "bastion"), before: Target(host: "web1"))
        == .secretNeeded(.jumpPassword(account: "pi@bastion", target: "web1")))
  }

  private static let log = """
    debug1: channel_connect_stdio_fwd: 10.0.0.5:22
    debug1: channel 2: new stdio-forward [stdio-forward] (inactive timeout: 0)
    debug1: channel_connect_stdio_fwd: 10.0.0.6:22
    debug1: channel 3: new stdio-forward [stdio-forward] (inactive timeout: 0)
    channel 3: open failed: connect failed: No route to host
    debug1: channel 3: free: direct-tcpip: listening port 0 for 10.0.0.6 port 22, nchannels 3
    debug1: channel 2: free: direct-tcpip: listening port 0 for 10.0.0.5 port 22, nchannels 3
    debug1: channel_connect_stdio_fwd: nosuch:22
    debug1: channel 2: new stdio-forward [stdio-forward] (inactive timeout: 0)
    channel 2: open failed: connect failed: Name or service not known

    """

  @Test func `the shared log tells which connection was refused, and why`() {
    let log = JumpLog(Self.log)
    #expect(log.refusal(of: "10.0.0.5:22") == nil)
    #expect(log.refusal(of: "10.0.0.6:22") == "channel 3: open failed: connect failed: No route to host")
    #expect(log.refusal(of: "nosuch:22") == "channel 2: open failed: connect failed: Name or service not known")
    #expect(log.refusal(of: "10.0.0.7:22") == nil)
  }
}
