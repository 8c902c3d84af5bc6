import Foundation
import Testing

@testable import Contract
@testable import Diagnosis
@testable import Primitives
@testable import Reference
@testable import Values

@Suite("the reference made from declarations")
struct ReferenceTests {
  private static let sample = Primitive(
    "touch", "Makes a file.", needs: .files, Parameter<RemotePath>("path", "The file."),
    Parameter("mode", "Its mode | or none.", default: "600"), Parameter<Bool?>("end", "Whether to stop."),
    results: [ResultField("changed", "boolean", "Whether it was made.")], done: "It is there.",
    example: #"pi:touch("~/x")"#
  ) { _, _, _, _ in .unchanged("") }

  private static let word = Primitive(
    "step", "Marks a place.", scope: .recipe, needs: nil, Parameter<String>("title", "What comes."),
    example: #"step "x""#
  ) { _, _ in .plain(.nil) }

  @Test("shows optional arguments in brackets")
  func signature() {
    #expect(Self.sample.signature == "host:touch(path [, mode [, end]])")
    #expect(Self.word.signature == "step(title)")
  }

  @Test("explains a primitive on the terminal")
  func help() {
    #expect(
      PrimitiveHelp.text(Self.sample) == """
        host:touch(path [, mode [, end]])
          Makes a file.

        Arguments, by name in a table or in this order:
          path  The file.
                absolute path, or one that starts with "~/"; required
          mode  Its mode | or none.
                string; default: "600"
          end   Whether to stop.
                true or false; optional

        Returns a table:
          changed  Whether it was made. (boolean)

        Needs:    needs = { "files" }   read and change any file that the account may, also outside its home
        Done:     It is there.
        Example:  pi:touch("~/x")

        """)
  }

  @Test("gives editors both forms of a call, and never names a parameter like a keyword")
  func stubs() {
    let text = EditorStubs.text([Self.sample, Self.word])
    let tail = text[(text.firstRange(of: "\n---@class ssh.touch.Result")?.lowerBound ?? text.endIndex)...]
    #expect(
      tail == """

        ---@class ssh.touch.Result
        ---@field changed boolean Whether it was made.

        ---Makes a file.
        ---
        ---    pi:touch("~/x")
        ---@param path string The file.
        ---@param mode? string Its mode | or none.
        ---@param end_? boolean Whether to stop.
        ---@return ssh.touch.Result
        ---@overload fun(self: ssh.Host, arguments: { path: string, mode?: string, end?: boolean }): ssh.touch.Result
        ---@overload fun(self: ssh.Host, arguments: { [1]: string, mode?: string, end?: boolean }): ssh.touch.Result
        ---@overload fun(self: ssh.Host, path: string, arguments: { mode?: string, end?: boolean }): ssh.touch.Result
        function Host:touch(path, mode, end_) end

        ---Marks a place.
        ---
        ---    step "x"
        ---@param title string What comes.
        ---@return any
        ---@overload fun(arguments: { title: string }): any
        ---@overload fun(arguments: { [1]: string }): any
        function step(title) end

        """)
  }

  @Test("keeps tables intact around a text with a bar")
  func markdown() {
    let text = ReferencePage.markdown([Self.sample])
    let tail = text[(text.firstRange(of: "\n### touch")?.lowerBound ?? text.endIndex)...]
    #expect(
      tail == #"""

        ### touch

        Makes a file.

        ```lua
        pi:touch("~/x")
        ```

        `host:touch(path [, mode [, end]])` needs the permission `files`.

        | argument | meaning | expected | |
        |---|---|---|---|
        | `path` | The file. | absolute path, or one that starts with "~/" | required |
        | `mode` | Its mode \| or none. | string | default: "600" |
        | `end` | Whether to stop. | true or false | optional |

        | result | type | meaning |
        |---|---|---|
        | `changed` | boolean | Whether it was made. |

        **Done means:** It is there.

        ## Recipe functions

        """#)
  }

  @Test("lists every kind of failure with its meaning, for readers and for editors")
  func kinds() {
    let kinds = Failure.Kind.allCases
    let page = ReferencePage.markdown([])
    let table = page.components(separatedBy: "| kind | meaning |\n|---|---|\n").last?.components(separatedBy: "\n\n")
      .first
    #expect(table == kinds.map { "| `\($0.rawValue)` | \($0.meaning) |" }.joined(separator: "\n"))
    let stubs = EditorStubs.text([])
    let alias = stubs.components(separatedBy: "---@alias ssh.FailureKind\n").last?.components(separatedBy: "\n\n").first
    #expect(alias == kinds.map { "---| \"\($0.rawValue)\" # \($0.meaning)" }.joined(separator: "\n"))
  }

  @Test("tells editors every field that a failure has in a recipe")
  func failureFields() {
    var failure = Failure(
      .parallel, "no", cause: .lost, explanation: "it broke", status: 1, stderr: "no", paths: ["/x"]
    ).at(.proof)
    (failure.primitive, failure.host, failure.step, failure.position) = ("run", "pi", "one", "mine.lua:1")
    (failure.action, failure.within) = (7, "primitives/x.lua:1")
    (failure.traceback, failure.failures) = (["mine.lua:1"], [Failure(.failed, "no")])
    let named = EditorStubs.text([]).components(separatedBy: "---@class ssh.Failure\n").last?
      .components(separatedBy: "\n\n").first?.split(separator: "\n").compactMap { line in
        line.split(separator: " ").dropFirst().first.map { String($0).replacing("?", with: "") }
      }
    #expect(named?.sorted() == failure.luaFields.keys.sorted())
    #expect(Failure.fieldNames.sorted() == failure.luaFields.keys.sorted())
  }

  @Test("every declaration is complete: unique names, sentences with a full stop, an example of the call")
  func declarations() {
    let primitives = Catalogue.builtIn.primitives
    #expect(Set(primitives.map(\.name)).count == primitives.count)
    for primitive in primitives {
      #expect(primitive.summary.hasSuffix("."), "\(primitive.name): the summary ends without a full stop")
      #expect(primitive.example.contains(primitive.name), "\(primitive.name): the example does not use it")
      #expect(Set(primitive.parameters.map(\.name)).count == primitive.parameters.count)
      for parameter in primitive.parameters {
        #expect(parameter.help.hasSuffix("."), "\(primitive.name).\(parameter.name): the help ends without a full stop")
      }
    }
  }
}
