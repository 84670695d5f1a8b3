#if PolicyFiles
import Gatehouse

/// A reader that makes tests from the tree of a test document, and lists all faults of the document.
struct PolicyTestReader {
    private(set) var policyPath = ""
    private(set) var tests: [PolicyTestDocument.Test] = []
    /// The errors, whose codes are `unknown-key` and `syntax`.
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
        let members = EntryMembers<Key>(list, "a test document", at: root.position, required: Key.allCases, .syntax)
        findings += members.findings
        if let policy = members[.policy] {
            if let path = policy.nonEmptyString {
                policyPath = path
            } else {
                wrong("“policy” must be the path of a policy document", at: policy.position)
            }
        }
        guard let tests = members[.tests] else { return }
        guard case .sequence(let elements) = tests.value else {
            return wrong("“tests” must be a list, not \(tests.kind)", at: tests.position)
        }
        for element in elements { readTest(element) }
    }

    /// Reads a test. A test is a check line without an id, but with a name and an answer.
    private mutating func readTest(_ node: DocumentNode) {
        guard case .mapping(let list) = node.value else {
            return wrong("a test must be a mapping, not \(node.kind)", at: node.position)
        }
        var members = EntryMembers<TestKey>(list, "a test", at: node.position, required: [.name, .expect], .syntax)
        let name = members.read(.name, "a text that is not empty") { $0.nonEmptyString }
        let expected = members.read(.expect, "“allow” or “deny”") { $0.string.flatMap { Rule.Effect(bytesOf: $0) } }
        findings += members.findings
        let check = check(list, at: node.position, of: name)
        guard let name, let expected, let check else { return }
        tests.append(PolicyTestDocument.Test(name: name, check: check, expectsAllow: expected == .allow))
    }

    /// Returns the check of a test; `nil` if the check has a fault.
    private mutating func check(_ list: [DocumentMember], at position: SourcePosition, of name: String?) -> AccessCheck?
    {
        let members = list.filter { member in
            let key = TestKey(bytesOf: member.key)
            return key != nil && key != .name && key != .expect
        }
        let node = DocumentNode(value: .mapping(members), position: position)
        var numbers: [SyntaxError] = []
        let json = node.json(&numbers)
        for number in numbers { wrong(number.message, at: number.position) }
        let prefix = name.map { "in the test “\($0.printable)”: " } ?? ""
        do throws(JSONError) {
            let document = try JSONDocument(parsing: json.utf8)
            var reader = CheckReader(now: now)
            let line = reader.line(document.root)
            guard !reader.faults.isEmpty else { return numbers.isEmpty ? line?.check : nil }
            let places = DocumentPlaces(of: document.root, in: node)
            // A number that JSON does not have became null in the JSON text.
            let ofNumbers = Set(numbers.map(\.position))
            for fault in reader.faults {
                let place = places[fault.offset] ?? position
                guard !ofNumbers.contains(place) else { continue }
                findings.append(Finding(fault.code, prefix + fault.message, position: place))
            }
        } catch {
            wrong(prefix + error.message, at: position)
        }
        return nil
    }

    private mutating func wrong(_ message: String, at position: SourcePosition) {
        findings.append(Finding(.syntax, message, position: position))
    }
}
#endif
