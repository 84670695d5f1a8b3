#if PolicyFiles
public import Gatehouse

extension JSONValue {
    /// The answer to a check line, members in the order of the contract.
    public init(answering id: String?, _ decision: Decision) {
        self = [
            "id": JSONValue(id),
            "allowed": .bool(decision.isAllowed),
            "reasons": .array(decision.reasons.map { JSONValue($0) }),
            "revision": .string(decision.revision.text),
        ]
    }

    /// The answer to a line that is no check.
    public init(answering error: CheckLineError, revision: PolicyRevision) {
        self = [
            "id": JSONValue(error.id),
            "allowed": false,
            "reasons": [["kind": "invalid", "message": .string(error.message)]],
            "revision": .string(revision.text),
        ]
    }

    /// A reason, members in the order of the contract.
    public init(_ reason: Reason) {
        switch reason {
        case .grant(let role, let pattern, let path): self = Self.reason("grant", role, pattern, path)
        case .deny(let role, let pattern, let path): self = Self.reason("deny", role, pattern, path)
        case .rule(let id, let effect, let isUnknown, let role, let path):
            var members = [
                JSONMember("kind", "rule"), JSONMember("rule", .string(id)),
                JSONMember("effect", .string(effect.rawValue)),
            ]
            if isUnknown { members.append(JSONMember("unknown", true)) }
            if let role { members += [JSONMember("role", .string(role)), JSONMember("path", JSONValue(path.names))] }
            self = .object(members)
        case .constraint(let id): self = ["kind": "constraint", "constraint": .string(id)]
        case .default: self = ["kind": "default"]
        }
    }

    private static func reason(_ kind: String, _ role: String, _ pattern: String, _ path: RolePath) -> JSONValue {
        ["kind": .string(kind), "role": .string(role), "pattern": .string(pattern), "path": JSONValue(path.names)]
    }
}

extension PolicyEngine {
    /// Answers one line of `gatehouse policy check`.
    ///
    /// - Parameters:
    ///   - line: The line, without its line break.
    ///   - now: The time of a check that names none.
    /// - Returns: The answer, and whether it is yes. A line that is no check is answered with no.
    public func answer(checkLine line: [UInt8], now: Timestamp) -> (answer: JSONValue, isAllowed: Bool) {
        do throws(CheckLineError) {
            let line = try CheckLine(reading: line, now: now)
            let decision = decide(line.check)
            return (JSONValue(answering: line.id, decision), decision.isAllowed)
        } catch {
            return (JSONValue(answering: error, revision: revision), false)
        }
    }
}
#endif
