import Diagnosis
import Runs
import Synchronization

/// `--output junit`, for CI servers: one test suite per run and one test case per call of a primitive, written at the end of the run.
final class JUnitOutput: EventSink {
  private let stream: TextStream
  private let calls = Mutex<[PrimitiveEvent]>([])

  init(stream: TextStream) { self.stream = stream }

  func receive(_ event: Event) {
    switch event {
    case .primitive(let call):
      if case .began = call.state { return }
      calls.withLock { $0.append(call) }
    case .finished(let report): stream.write(Self.document(report, calls.withLock(\.self)))
    default: break
    }
  }

  static func document(_ report: Report, _ calls: [PrimitiveEvent]) -> String {
    var (failed, skipped) = (0, 0)
    var cases = ""
    let failures = report.failures.flatMap(\.parts)
    func skip(_ why: String) -> String {
      skipped += 1
      return ">\n      <skipped message=\"\(escaped(why))\"/>\n    </testcase>\n"
    }
    for call in calls {
      // Another call's failure, passed on by this call.
      if case .failed(let failure) = call.state, let action = failure.action, action != call.id { continue }
      let name = [call.step, "\(call.primitive): \(call.what)"].compactMap(\.self).joined(separator: " / ")
      cases += "    <testcase classname=\"\(escaped(report.recipe + "." + call.host))\" name=\"\(escaped(name))\""
      cases += " time=\"\(seconds(call.duration))\""
      if case .failed(let failure) = call.state {
        // The recipe may have caught a call's failure; only failures that ended the run count.
        if let end = failures.first(where: { $0.action == call.id }) {
          failed += 1
          cases += ">\n" + element(end) + "    </testcase>\n"
        } else {
          cases += skip("failed, and the recipe went on: \(failure.message)")
        }
      } else {
        cases += "/>\n"
      }
    }
    for host in report.notBegun {
      cases += "    <testcase classname=\"\(escaped(report.recipe + "." + host))\" name=\"not begun\""
      cases += skip("not begun any more")
    }
    for step in report.openSteps {
      cases += "    <testcase classname=\"\(escaped(report.recipe)).manual\" name=\"\(escaped(step.title))\""
      cases += skip(step.answer.rawValue)
    }
    let called = Set(calls.map(\.id))
    for failure in failures where failure.action.map({ !called.contains($0) }) ?? true {
      failed += 1
      let host = failure.host ?? "recipe"
      cases +=
        "    <testcase classname=\"\(escaped(report.recipe + "." + host))\" name=\"\(escaped(failure.message))\">\n"
      cases += element(failure) + "    </testcase>\n"
    }
    if failures.isEmpty, ExitStatus(report.outcome) != .done, !report.isPlan {
      failed += 1
      let name = "\(report.leftAlone) left alone"
      cases += "    <testcase classname=\"\(escaped(report.recipe)).recipe\" name=\"\(escaped(name))\">\n"
      cases += element(Failure(.failed, name)) + "    </testcase>\n"
    }
    let count = cases.components(of: "<testcase ")
    let totals = "tests=\"\(count)\" failures=\"\(failed)\" skipped=\"\(skipped)\" time=\"\(seconds(report.duration))\""
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites \(totals)>
        <testsuite name="\(escaped(report.recipe))" \(totals)>
      \(properties(report))
      \(cases)  </testsuite>
      </testsuites>

      """
  }

  private static func properties(_ report: Report) -> String {
    let tally = report.tally
    let values = [
      ("outcome", report.outcome.rawValue), ("changed", "\(tally.changed)"), ("perhaps", "\(tally.perhaps)"),
      ("rolled_back", "\(tally.rolledBack)"), ("unchanged", "\(tally.unchanged)"), ("plan", "\(report.isPlan)"),
    ]
    let lines = values.map { "      <property name=\"\($0)\" value=\"\($1)\"/>\n" }
    return "    <properties>\n\(lines.joined())    </properties>"
  }

  private static func element(_ failure: Failure) -> String {
    let text = FailureText.lines(failure).map(escaped).joined(separator: "\n")
    return
      "      <failure type=\"\(escaped(failure.kindName))\" message=\"\(escaped(failure.message))\">\(text)</failure>\n"
  }

  private static func seconds(_ duration: Duration) -> String {
    let thousandths = String(duration.milliseconds % 1000)
    return "\(duration.milliseconds / 1000).\(String(repeating: "0", count: 3 - thousandths.count))\(thousandths)"
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.visible {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}

extension String {
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
