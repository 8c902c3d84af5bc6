import Testing

@testable import Formats

@Suite struct AuthorizedKeysOptionsTests {
  /// 29 November 2026.
  private static let now = 1_795_910_400

  @Test(
    "sshd reads these options",
    arguments: [
      "restrict", "RESTRICT,Pty", #"from="10.0.0.0/8,!10.0.0.9,*.lan""#, #"command="echo \"a,b\"""#,
      #"expiry-time="20300101""#, #"expiry-time="203001011200Z""#, #"environment="A=b c",environment="1B=""#,
      #"permitopen="host:80",permitopen="[::1]:*",permitopen="*:22""#, #"permitlisten="8080",permitlisten="a:*""#,
      #"tunnel="0""#, "some-day,another=x",
    ])
  func good(text: String) throws {
    #expect(try AuthorizedKeysOptions(text).hopeless(now: Self.now) == nil)
  }

  @Test(
    "sshd ignores a line with these options",
    arguments: [
      ("restrict,", "an option is missing beside a comma"), (",pty", "an option is missing beside a comma"),
      ("from=10.0.0.1", "the value of from must stand in double quotes"), ("command", "command needs a value"),
      (#"restrict="yes""#, "restrict takes no value"),
      (#"command="a",command="b""#, "command may stand there only once"),
      (#"from="a",from="b""#, "from may stand there only once"), (#"expiry-time="2026-13-45""#, "is no time"),
      (#"expiry-time="tomorrow""#, "is no time"), (#"environment="A""#, "is not NAME=VALUE"),
      (#"environment="=b""#, "is not NAME=VALUE"), (#"environment="A-B=c""#, "is not NAME=VALUE"),
      (#"permitopen="host""#, "is not HOST:PORT"), (#"permitopen="host:0""#, "is not HOST:PORT"),
      (#"permitlisten="x""#, "is not PORT or HOST:PORT"), (#"tunnel="x""#, "is no number of a device"),
    ])
  func bad(text: String, why: String) {
    let error = #expect(throws: AuthorizedKeysOptions.Problem.self) { try AuthorizedKeysOptions(text) }
    #expect(error?.description.contains(why) == true, "\(String(describing: error))")
    let line = AuthorizedKeysLine(ByteLine("\(text) \(TestKeys.ed25519)"))
    #expect(line.kind == .invalid(why: error?.description ?? ""))
    #expect(line.login == nil)
  }

  @Test(
    "with these options, sshd reads the line and never lets the key in",
    arguments: [
      (#"from="10.0.0.1/99""#, "is no network"), (#"from="10.0.0.1/24""#, "is no network"),
      (#"from="!10.0.0.1""#, "only excludes hosts"), (#"from="""#, "has no pattern"),
      (#"from="a,,b""#, "has no pattern"), (#"expiry-time="20200101""#, "is over already"),
      (#"expiry-time="20300230""#, "is no day of the calendar"),
    ])
  func hopeless(text: String, why: String) throws {
    let problem = try AuthorizedKeysOptions(text).hopeless(now: Self.now)
    #expect(problem?.description.contains(why) == true, "\(String(describing: problem))")
    #expect(AuthorizedKeysLine(ByteLine("\(text) \(TestKeys.ed25519)")).login?.options == text)
  }
}
