#if Server
import ArgumentParser
import Gatehouse
import GatehousePolicyFiles

/// The form of a decision on standard output.
enum AnswerFormat: String, ExpressibleByArgument, CaseIterable {
    /// One JSON object on each line.
    case json
    /// A sentence on each line, for people.
    case text
}

extension PolicyEngine {
    /// Returns the answer to a check line, and true if the check is allowed.
    func answer(checkLine line: [UInt8], in format: AnswerFormat, now: Timestamp) -> (text: String, isAllowed: Bool) {
        switch format {
        case .json:
            let (answer, isAllowed) = answer(checkLine: line, now: now)
            return (answer.description, isAllowed)
        case .text:
            do throws(CheckLineError) {
                let line = try CheckLine(reading: line, now: now)
                let decision = decide(line.check)
                return (line.prefix + decision.description, decision.isAllowed)
            } catch {
                return (error.text, false)
            }
        }
    }

    /// Returns the explanation of a check, and true if the check is allowed. As a text, each near miss has its own line.
    func explanation(ofCheck text: [UInt8], in format: AnswerFormat, now: Timestamp) -> (text: String, isAllowed: Bool)
    {
        switch format {
        case .json:
            let (answer, isAllowed) = explanation(ofCheck: text, now: now)
            return (answer.description, isAllowed)
        case .text:
            do throws(CheckLineError) {
                let line = try CheckLine(reading: text, now: now)
                let explanation = explain(line.check)
                let lines =
                    [line.prefix + explanation.decision.description] + explanation.nearMisses.map { "  \($0.text)" }
                return (lines.joined(separator: "\n"), explanation.decision.isAllowed)
            } catch {
                return (error.text, false)
            }
        }
    }
}

extension CheckLine {
    fileprivate var prefix: String { id.map { "\($0.printable): " } ?? "" }
}

extension CheckLineError {
    fileprivate var text: String { (id.map { "\($0.printable): " } ?? "") + "invalid: \(message)" }
}

extension Explanation.NearMiss {
    fileprivate var text: String {
        switch self {
        case .role(let role): return "the role \(role.printable) would allow it"
        case .deny(let role, let rule):
            let parts = [rule.map { "the rule \($0.printable)" }, role.map { "the role \($0.printable)" }].compactMap {
                $0
            }
            return "\(parts.isEmpty ? "a denial" : parts.joined(separator: " of ")) stops it"
        case .condition(let rule, _, let missing):
            let attributes = missing.map(\.printable).joined(separator: ", ")
            return "the condition of the rule \(rule.printable) does not hold"
                + (attributes.isEmpty ? "" : ": the check lacks \(attributes)")
        }
    }
}
#endif
