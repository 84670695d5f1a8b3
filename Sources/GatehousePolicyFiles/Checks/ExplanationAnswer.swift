#if PolicyFiles
package import Gatehouse

extension JSONValue {
    /// Makes the answer of `gatehouse policy explain`: the answer to a check, and the near misses.
    package init(answering id: String?, _ explanation: Explanation) {
        self = JSONValue(answering: id, explanation.decision).withNearMisses(explanation.nearMisses)
    }

    /// Makes the JSON of a near miss, with the members in the order of the contract. A missing value is null.
    package init(_ nearMiss: Explanation.NearMiss) {
        switch nearMiss {
        case .role(let role): self = Self.nearMiss("role", role, nil)
        case .deny(let role, let rule): self = Self.nearMiss("deny", role, rule)
        case .condition(let rule, let role, let missing): self = Self.nearMiss("condition", role, rule, missing)
        }
    }

    private static func nearMiss(_ kind: String, _ role: String?, _ rule: String?, _ missing: [String] = []) -> Self {
        ["kind": .string(kind), "role": JSONValue(role), "rule": JSONValue(rule), "missing": JSONValue(missing)]
    }

    fileprivate func withNearMisses(_ nearMisses: [Explanation.NearMiss]) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members + [JSONMember("nearMisses", .array(nearMisses.map { JSONValue($0) }))])
    }
}

extension PolicyEngine {
    /// Answers `gatehouse policy explain`.
    ///
    /// - Parameters:
    ///   - text: A check in the form of a line of `gatehouse policy check`; this text may have line breaks.
    ///   - now: The time of a check without a time.
    /// - Returns: The answer, and true if the check is allowed. The answer to a text that is not a valid check is no.
    package func explanation(ofCheck text: [UInt8], now: Timestamp) -> (answer: JSONValue, isAllowed: Bool) {
        do throws(CheckLineError) {
            let line = try CheckLine(reading: text, now: now)
            let explanation = explain(line.check)
            return (JSONValue(answering: line.id, explanation), explanation.decision.isAllowed)
        } catch {
            return (JSONValue(answering: error, revision: revision).withNearMisses([]), false)
        }
    }
}
#endif
