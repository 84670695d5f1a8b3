#if PolicyFiles
package import Gatehouse

extension JSONValue {
    /// Makes the answer to a check line, with the members in the order of the contract.
    package init(answering id: String?, _ decision: Decision) {
        self = [
            "id": JSONValue(id),
            "allowed": .bool(decision.isAllowed),
            "reasons": JSONValue(decision.reasons),
            "revision": .string(decision.revision.text),
        ]
    }

    /// Makes the answer to a line that is not a valid check.
    package init(answering error: CheckLineError, revision: PolicyRevision) {
        self = [
            "id": JSONValue(error.id),
            "allowed": false,
            "reasons": [["kind": "invalid", "message": .string(error.message)]],
            "revision": .string(revision.text),
        ]
    }
}

extension PolicyEngine {
    /// Answers one line of `gatehouse policy check`.
    ///
    /// - Parameters:
    ///   - line: The line, without its line break.
    ///   - now: The time of a check without a time.
    /// - Returns: The answer, and true if the check is allowed. The answer to a line that is not a valid check is no.
    package func answer(checkLine line: [UInt8], now: Timestamp) -> (answer: JSONValue, isAllowed: Bool) {
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
