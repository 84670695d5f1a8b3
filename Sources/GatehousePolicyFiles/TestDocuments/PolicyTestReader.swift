#if PolicyFiles
import Gatehouse

/// Makes tests of a test document's tree.
struct PolicyTestReader {
    private(set) var policyPath = ""
    private(set) var tests: [PolicyTestDocument.Test] = []
    /// What keeps the document from being one of tests.
    private(set) var errors: [SyntaxError] = []
    /// Unknown keys.
    private(set) var findings: [Finding] = []
    private let now: Timestamp

    private enum Key: String, CaseIterable { case policy, tests }
    private enum TestKey: String, CaseIterable {
        case name, principal, permission, resource, context, action, at, expect
    }

    init(now: Timestamp) {
        self.now = now
    }

    mutating func read(_ root: DocumentNode) {
        guard case .mapping(let list) = root.value else {
            return wrong("a test document must be a mapping, not \(root.kind)", at: root.position)
        }
        let members: EntryMembers<Key> = members(list, "a test document", at: root.position)
        guard let policy = members[.policy], let tests = members[.tests] else {
            return wrong("a test document needs “policy” and “tests”", at: root.position)
        }
        if let path = policy.nonEmptyString {
            policyPath = path
        } else {
            wrong("“policy” must be the path of a policy document", at: policy.position)
        }
        guard case .sequence(let elements) = tests.value else {
            return wrong("“tests” must be a list, not \(tests.kind)", at: tests.position)
        }
        for element in elements { readTest(element) }
    }

    /// A test is a check line without an id, but with a name and an answer.
    private mutating func readTest(_ node: DocumentNode) {
        guard case .mapping(let list) = node.value else {
            return wrong("a test must be a mapping, not \(node.kind)", at: node.position)
        }
        let members: EntryMembers<TestKey> = members(list, "a test", at: node.position)
        guard let name = members[.name]?.nonEmptyString else {
            return wrong("a test needs a “name”", at: members[.name]?.position ?? node.position)
        }
        guard let expected = members[.expect]?.string.flatMap({ Rule.Effect(bytesOf: $0) }) else {
            return wrong("“expect” must be “allow” or “deny”", at: members[.expect]?.position ?? node.position)
        }
        let rest = list.filter { member in
            let key = TestKey(bytesOf: member.key)
            return key != nil && key != .name && key != .expect
        }
        var errors: [SyntaxError] = []
        let check = DocumentNode(value: .mapping(rest), position: node.position).json(&errors)
        guard errors.isEmpty else { return self.errors += errors }
        do throws(CheckLineError) {
            let line = try CheckLine(reading: check.utf8, now: now)
            tests.append(PolicyTestDocument.Test(name: name, check: line.check, expectsAllow: expected == .allow))
        } catch {
            wrong("in the test “\(name.printable)”: \(error.message)", at: node.position)
        }
    }

    private mutating func members<Name>(
        _ list: [DocumentMember],
        _ entry: String,
        at position: SourcePosition
    ) -> EntryMembers<Name> {
        let members = EntryMembers<Name>(list, entry, at: position, required: [], .syntax)
        findings += members.findings
        return members
    }

    private mutating func wrong(_ message: String, at position: SourcePosition) {
        errors.append(SyntaxError(message, at: position))
    }
}
#endif
