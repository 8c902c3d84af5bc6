import Foundation
import Testing

/// The lab's Slurm: a controller and a node, beside the hosts.
enum Slurm {
  static let script = Lab.root + "/Tests/Lab/engines/slurm"

  /// Whether Slurm can be had: the first time, its packages are installed into a file system of its own.
  static let isThere = Task { (try? await Lab.command(script, ["build"]))?.status == 0 }
}

@Suite(
  "Slurm", .enabled(if: Lab.isThere, "started by Tests/Lab/run"),
  .enabled("Slurm's packages cannot be installed: Tests/Lab/engines/slurm build") { await Slurm.isThere.value }, .lab)
struct SlurmTests {
  /// Waits in the middle on a host with the file /tmp/slow.
  private static let recipe = """
    recipe {
      summary = "Leaves two marks",
      hosts = { { "to", "A host" } },
      needs = { "run", "files" },
      run = function(hosts)
        local to = hosts.to
        to:write("~/first", "text\\n")
        to:run("[ ! -e /tmp/slow ] || { touch /tmp/began; while [ ! -e /tmp/go ]; do sleep 0.1; done; }", { reads = true })
        to:write("~/second", "text\\n")
      end,
    }
    """

  private static let task = """
    #!/bin/sh
    export XDG_STATE_HOME="$PWD/state"
    exec ssh-recipes run marks.lua $(cat hosts) --shard auto --retry 2 --yes --output plain --accept-new \\
      --password-command 'printf raspberry' --report "reports/$SLURM_ARRAY_TASK_ID.json"

    """

  /// Submits the array, kills the last task at work without a word once the test says so, and has Slurm begin it again.
  private static let commands = """
    #!/bin/sh
    set -eu
    mkdir -p reports state
    job=$(sbatch --parsable --array=1-4%2 --requeue --open-mode=append --output='%a.log' task.sh)
    tasks() { squeue -h -r -j "$job" -o '%T %K' 2>/dev/null; }
    until [ -e kill ] && [ "$(tasks | wc -l)" = 1 ]; do sleep 0.2; done
    last=$(tasks | cut -d' ' -f2)
    pkill -KILL -x ssh-recipes
    while tasks | grep -q RUNNING; do sleep 0.2; done
    touch killed
    until [ -e go ]; do sleep 0.2; done
    scontrol requeue "${job}_$last"
    sleep 1
    while [ -n "$(tasks)" ]; do sleep 0.5; done
    echo "$last" >again

    """

  private struct Report: Decodable {
    struct Host: Decodable {
      var host: String
      var result: String
    }
    var outcome: String
    var hosts: [Host]
  }

  @Test
  func `an array whose task is killed and begun again does each host once, and can be undone elsewhere`() async throws {
    let hosts = try await Lab.hosts(.debian, 40)
    try await Operator.with { person in
      try person.write("marks.lua", Self.recipe)
      try person.write("task.sh", Self.task, mode: 0o755)
      try person.write("commands", Self.commands, mode: 0o755)
      try person.write("hosts", hosts.map(\.target).joined(separator: "\n") + "\n")
      try await hosts[0].root("touch /tmp/slow")
      async let slurm = Lab.command(
        Slurm.script, [Lab.name, person.home, Lab.binary, person.home + "/commands"])
      try #require(try await eventually { try await hosts[0].has("/tmp/began") })
      try person.write("kill", "")
      try #require(try await eventually { FileManager.default.fileExists(atPath: person.home + "/killed") })
      try await hosts[0].root("touch /tmp/go")
      try person.write("go", "")
      let ended = try await slurm
      #expect(ended.status == 0, "\(ended)")

      let merged = try await person.shell("\(Lab.binary) report reports/*.json --output json --to all.json")
      #expect(merged.status == 0 && merged.stderr == "", "\(merged)")
      let text = try person.read("all.json")
      let report = try JSONDecoder().decode(Report.self, from: Data(text.utf8))
      #expect(report.outcome == "applied")
      #expect(report.hosts.map(\.host).sorted() == hosts.map(\.target).sorted())
      #expect(report.hosts.allSatisfy { ["changed", "unchanged"].contains($0.result) })
      for host in hosts { #expect(try await host.root("cat /home/pi/first /home/pi/second") == "text\ntext") }

      try await Operator.with { other in
        try other.write("all.json", text)
        let undo = try await other.recipes(
          "undo", "--from", "all.json", "--output", "plain", "--accept-new", "--password-command", "printf raspberry")
        #expect(undo.status == 0 && undo.stdout.contains("80 changes undone.\n"), "\(undo)")
        for host in hosts {
          let left = [try await host.has("/home/pi/first"), try await host.has("/home/pi/second")]
          #expect(left == [false, false])
        }
      }
    }
  }
}
