import SharedVectors
import Testing

/// Clerk's own scenarios for its cache of keys are sentences; here is what tests each, or why it has no meaning.
@Suite("Every scenario of Clerk's cache of keys has its test", SharedVectors.trait)
struct CacheScenarioTests {
    static let tests = [
        "hit": "RemoteKeySetTests.timeToLive",
        "unknown-kid": "RemoteKeySetTests.unknownKeys",
        // A source has one address and keeps its own keys: two never share any.
        "ttl-per-scope": "RemoteKeySetTests.timeToLive",
        "scoped-by-api-url": "RemoteKeySetTests.timeToLive",
        "scoped-by-api-version": "RemoteKeySetTests.timeToLive",
        // One attempt per cooldown in place of five in a row.
        "retries": "RemoteKeySetTests.badFirstAnswer",
        // No secret key is needed, and a cache cannot be passed over.
        "no-secret": nil,
        "skip-cache": nil,
    ]

    @Test("a scenario has its test", arguments: SharedVectors.rows("clerk/jwks-cache-scenarios.json", "scenarios"))
    func listed(row: SharedVectors.Row) throws {
        let test = try #require(Self.tests[row.testDescription])
        if let test { #expect(SecurityItems.names.contains(test)) }
    }
}
