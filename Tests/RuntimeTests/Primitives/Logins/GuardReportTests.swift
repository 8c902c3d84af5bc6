import Testing

@testable import LoginSafety

@Suite struct GuardReportTests {
  private func split(_ stderr: String) -> (stderr: String, report: GuardReport?) {
    let (own, report) = GuardReport.split(Array(stderr.utf8), mark: "m4rk")
    return (text(own), report)
  }

  @Test func `the report is taken off the end, and its paths are told once, in order`() {
    let (own, report) = split(
      "warning\n\nm4rk /etc/.ssh-recipes.a\n/etc/shadow\nport\n/etc/passwd\n/etc/shadow\nm4rk end\n")
    #expect(own == "warning\n")
    #expect(report == GuardReport(folder: "/etc/.ssh-recipes.a", paths: ["/etc/passwd", "/etc/shadow", "port"]))
  }

  @Test func `what is no path is none of the report`() {
    let (own, report) = split("\nm4rk /tmp/.ssh-recipes.a\nnonsense\n/home/pi/my keys\nm4rk end\n")
    #expect(own == "")
    #expect(report == GuardReport(folder: "/tmp/.ssh-recipes.a", paths: ["/home/pi/my keys"]))
  }

  @Test(
    "a report that is not whole, or another's, is the command's own text",
    arguments: [
      "", "warning\n", "\nm4rk /etc/.ssh-recipes.a\n/etc/shadow\n", "\nother /etc/x\nother end\n",
      "\nm4rk x\nm4rk end\n",
    ])
  func none(stderr: String) {
    let (own, report) = split(stderr)
    #expect(own == stderr)
    #expect(report == nil)
  }
}
