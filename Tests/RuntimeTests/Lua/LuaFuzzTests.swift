import Foundation
import FuzzTargets
import Testing

/// A few seconds of `make fuzz` without libFuzzer: the corpus, and random changes of the corpus.
@Suite("Lua: fuzzing", .serialized) struct LuaFuzzTests {
  static let project = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    .standardizedFileURL

  /// The corpus, with the bundled recipes.
  static func inputs(_ target: FuzzTarget) throws -> [[UInt8]] {
    let folders =
      ["Tests/Fuzz/corpus/\(target.rawValue)"] + (target == .recipe ? ["recipes", "recipes/platforms"] : [])
    return try folders.flatMap { name in
      let folder = project.appending(path: name)
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
      return try files.filter { !["platforms", "primitives"].contains($0) }.map {
        Array(try Data(contentsOf: folder.appending(path: $0)))
      }
    }
  }

  @Test("the corpus does not break the machine", arguments: FuzzTarget.allCases)
  func replay(target: FuzzTarget) async throws {
    let inputs = try Self.inputs(target)
    #expect(inputs.count > 5)
    for input in inputs { await Self.expectNothing(target, input) }
  }

  @Test("random changes of the corpus do not break the machine", arguments: FuzzTarget.allCases)
  func mutations(target: FuzzTarget) async throws {
    let inputs = try Self.inputs(target)
    var random = LuaSequenceTests.Generator(state: 3)
    for _ in 0..<(target == .recipe ? 2000 : 300) {
      let input = Self.mutation(of: inputs, &random)
      await Self.expectNothing(target, input)
    }
  }

  private static func expectNothing(_ target: FuzzTarget, _ input: [UInt8]) async {
    guard let finding = await target.finding(input) else { return }
    Issue.record("\(target.rawValue): \(finding.prefix(2000))\ninput: \(Data(input).base64EncodedString())")
  }

  /// The input with a few bytes changed, inserted or deleted, or with the tail of another input.
  private static func mutation(of inputs: [[UInt8]], _ random: inout LuaSequenceTests.Generator) -> [UInt8] {
    var input = inputs.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0...input.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0 where place < input.count: input[place] = .random(in: 0...255, using: &random)
      case 1 where place < input.count: input.removeSubrange(place..<min(input.count, place + 8))
      case 2: input.insert(.random(in: 0...255, using: &random), at: place)
      default:
        let other = inputs.randomElement(using: &random) ?? []
        input = input[..<place] + other.suffix(Int.random(in: 0...other.count, using: &random))
      }
    }
    return Array(input.prefix(4096))
  }
}
