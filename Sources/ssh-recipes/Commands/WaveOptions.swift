import ArgumentParser
import Runs

/// Options for the order of many hosts, and for hosts that fail.
struct WaveOptions: ParsableArguments {
  static let title = "Options for many hosts"

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Work in waves of this many hosts, such as 10, 25% or 1,5,20%; the last size counts for all further waves. A "
        + "wave without a success is the last.", valueName: "sizes"))
  var serial: String?

  @Option(
    name: .customLong("max-fail"),
    help: ArgumentHelp(
      "Begin no further host once more hosts than this have failed, such as 0 or 10%; without it, no failure stops "
        + "other hosts.", valueName: "number"))
  var maxFail: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Try a host this many times again if it was out of reach, busy or too slow; a refused login is never repeated.",
      valueName: "number"))
  var retry = 0

  @Option(
    name: .customLong("host-timeout"),
    help: ArgumentHelp(
      "Stop the work on a host after this time, such as 90s, 10m or 1h; the step in progress ends in order.",
      valueName: "time"))
  var hostTimeout: String?

  @Flag(
    name: .long,
    help: ArgumentHelp(
      "Only hosts on which the last run of the recipe failed, was undone (--all-or-nothing) or was not begun; no hosts "
        + "need to be named."))
  var failed = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only the hosts of shard I of N, such as 3/10; auto reads the variables of Slurm, Kubernetes and others. A host "
        + "stays in its shard if other hosts are added or removed.", valueName: "I/N"))
  var shard: String?

  func validate() throws {
    if let shard, shard != "auto", Shard(shard) == nil {
      throw ValidationError("--shard: expected I/N with I from 1 to N, or auto, got \"\(shard.visible)\"")
    }
    if let serial, sizes == nil {
      throw ValidationError("--serial: expected numbers from 1 or shares such as 20%, got \"\(serial.visible)\"")
    }
    if let maxFail, HostShare(maxFail) == nil {
      throw ValidationError(
        "--max-fail: expected a number of hosts or a share such as 10%, got \"\(maxFail.visible)\"")
    }
    guard retry >= 0 else { throw ValidationError("--retry: expected a number from 0, got \(retry)") }
    if let hostTimeout, TimeText.duration(hostTimeout) == nil {
      throw ValidationError(
        "--host-timeout: expected a time such as 90s, 10m or 1h, got \"\(hostTimeout.visible)\"")
    }
  }

  /// - Throws: ``CommandFailure`` if `auto` finds no shard.
  func chosenShard() throws -> Shard? {
    guard let shard else { return nil }
    guard shard == "auto" else { return Shard(shard) }
    do throws(ShardError) { return try ShardVariables.shard() } catch {
      throw CommandFailure(error)
    }
  }

  private var sizes: [HostShare]? {
    guard let serial else { return [] }
    let sizes = serial.split(separator: ",", omittingEmptySubsequences: false).map { HostShare($0) }
    let known = sizes.compactMap(\.self).filter { $0 != .count(0) && $0 != .percent(0) }
    return known.count == sizes.count ? known : nil
  }

  var schedule: Schedule {
    Schedule(
      serial: sizes ?? [], maxFail: maxFail.flatMap { HostShare($0) }, retries: retry,
      hostTimeout: hostTimeout.flatMap(TimeText.duration))
  }
}
