#if PolicyFiles
public import Gatehouse

/// Tests of a policy in YAML or JSON. A test is a check and the answer that the check must get.
///
/// ```yaml
/// policy: policy.yaml
/// tests:
///   - name: a member reads invoices
///     principal: { id: alice, roles: [org:member] }
///     permission: org:invoices:read
///     expect: allow
/// ```
public struct PolicyTestDocument: Sendable {
    /// A test: a check and the required answer.
    public struct Test: Sendable {
        /// The name of the test.
        public var name: String
        /// The check.
        public var check: AccessCheck
        /// True if the check must be allowed; false if the check must be denied.
        public var expectsAllow: Bool

        /// Makes a test.
        public init(name: String, check: AccessCheck, expectsAllow: Bool) {
            self.name = name
            self.check = check
            self.expectsAllow = expectsAllow
        }
    }

    /// The path of the policy, relative to the folder of the test document.
    public let policyPath: String
    /// The tests in the order of the document.
    public let tests: [Test]

    /// Reads a document, with the limits of a policy document.
    ///
    /// - Parameters:
    ///   - bytes: The document: JSON or YAML, in UTF-8.
    ///   - now: The time of a test without a time.
    /// - Throws: `PolicyError` with all findings and their positions. Their codes are `unknown-key` and `syntax`.
    public init(reading bytes: [UInt8], now: Timestamp) throws(PolicyError) {
        var reader = PolicyTestReader(now: now)
        var findings: [Finding] = []
        do throws(SyntaxError) {
            let tree = try PolicyDocument.tree(of: bytes)
            reader.read(tree.root)
            findings = tree.errors.map { Finding(.syntax, $0.message, position: $0.position) }
        } catch {
            throw PolicyError(findings: [Finding(.syntax, error.message, position: error.position)])
        }
        // A text with a syntax error often has the wrong type as well.
        let places = Set(findings.map(\.position))
        findings += reader.findings.filter { !places.contains($0.position) }
        guard findings.isEmpty else { throw PolicyError(findings: findings.sortedByPlace()) }
        policyPath = reader.policyPath
        tests = reader.tests
    }
}
#else
public import Gatehouse

/// Tests of a policy, in YAML or JSON.
@available(*, unavailable, message: "enable the trait PolicyFiles of the package gatehouse")
public struct PolicyTestDocument {
    public init(reading bytes: [UInt8], now: Timestamp) throws(PolicyError) {}
}
#endif
