#if TestServers
public import GatehouseBase
public import GatehouseClerk
import GatehouseRecords
public import GatehouseTesting
import Synchronization

/// A fake of Clerk's Backend API over real HTTP on the loopback, for tests without an account.
///
/// ```swift
/// try await FakeClerk.run { fake in
///     let clerk = try ClerkClient(secretKey: fake.secretKey, transport: transport, configuration: fake.configuration)
///     let tenant = try await clerk.createTenant(name: "Acme", slug: "acme")
///     …
/// }
/// ```
///
/// The fake keeps state, and refuses (422) requests that Clerk's OpenAPI document does not describe. The fake follows that document and
/// Clerk's guides; a live instance may differ.
public final class FakeClerk: Sendable {
    /// The `iss` of the fake's tokens.
    public static let issuer = "https://fake-clerk.accounts.dev"
    /// The fake's publishable key, which contains the issuer.
    public static let publishableKey = "pk_test_ZmFrZS1jbGVyay5hY2NvdW50cy5kZXYk"

    /// The address of the fake's API, without version.
    public let url: String
    /// The secret key that the fake accepts.
    public let secretKey: ClerkSecretKey
    /// The secret key as text.
    public let secretKeyText: String
    /// The key pair that signs the fake's session tokens.
    public let keyPair: KeyPair
    /// The secret that signs the fake's webhooks, `whsec_…`.
    public let webhookSecret: String
    let clock: WallClock
    let webhooks: WebhookQueue
    private let state: Mutex<State>

    private struct State {
        var instance: FakeState
        var faults: [FaultEntry] = []
        var limit: RateLimit?
        var requests: [Request] = []
    }

    /// A request that the fake received, for tests that count requests.
    public struct Request: Sendable, Hashable {
        /// The operation's name at Clerk; `nil` for an unknown operation.
        public let operation: String?
        /// The method.
        public let method: String
        /// The path with the ids of the request, without version.
        public let path: String
        /// The query as a JSON object. A parameter that may be repeated has an array.
        public let query: JSONValue
        /// The body; null if the request has no body.
        public let body: JSONValue
        /// The status of the answer.
        public let status: Int
        /// The answer.
        public let answer: JSONValue
    }

    struct FaultEntry {
        var fault: Fault
        var times: Int
    }

    struct RateLimit {
        var count: Int
        var seconds: Int
        var windowStart = 0
        var used = 0
    }

    init(
        url: String,
        secretKey: String,
        keyPair: KeyPair,
        webhookSecret: WebhookSecret,
        clock: WallClock,
        webhooks: WebhookQueue
    ) throws {
        self.url = url
        self.secretKey = try ClerkSecretKey(secretKey)
        secretKeyText = secretKey
        self.keyPair = keyPair
        self.webhookSecret = webhookSecret.text
        self.clock = clock
        self.webhooks = webhooks
        let minter = TokenMinter(keyPair: keyPair)
        let instance = FakeState(instanceID: "ins_" + keyPair.id, clock: clock) { claims in
            let isTemplate = claims["_template"] != nil
            let header =
                isTemplate
                ? minter.clerkSessionHeader.replacing("cat", with: "cl_B7d4PD222AAA") : minter.clerkSessionHeader
            // Only libcrypto can fail here. Every server refuses the empty token.
            return (try? minter.token(claims: claims.without("_template"), header: header)) ?? ""
        }
        state = Mutex(State(instance: instance))
    }

    /// The configuration of a client for this fake.
    public var configuration: ClerkClient.Configuration {
        ClerkClient.Configuration(
            address: url,
            limits: ClerkClient.Limits(concurrentRequests: 32, requestsPerSecond: 10_000, burst: 10_000)
        )
    }

    /// The requests that the fake received so far.
    public var requests: [Request] { state.withLock { $0.requests } }

    /// Breaks the next answers, after the answers with earlier faults.
    public func fail(_ fault: Fault, times: Int = 1) {
        state.withLock { $0.faults.append(FaultEntry(fault: fault, times: max(0, times))) }
    }

    /// Limits the number of requests in a time. The answer to further requests is 429. A `count` of `nil` removes the limit.
    public func limit(to count: Int?, perSeconds seconds: Int = 10) {
        state.withLock { $0.limit = count.map { RateLimit(count: $0, seconds: max(1, seconds)) } }
    }

    /// Makes a session token with the user's current roles, in a new session.
    ///
    /// - Parameters:
    ///   - user: The id of the user.
    ///   - organization: The id of the active organization; `nil` for the personal account.
    ///   - authorizedParty: The origin of the token's page, `azp`, such as `https://app.example.com`; `nil` for a token without `azp`. A
    ///     verifier with authorized parties refuses a token without `azp`.
    /// - Throws: An error if there is no such user or membership.
    public func sessionToken(
        of user: String,
        in organization: String? = nil,
        authorizedParty: String? = nil
    ) throws -> String {
        let (token, events) = try state.withLock { state in
            let session = try state.instance.makeSession(of: user, organization: organization)
            let id = session["id"]?.string ?? ""
            let token = try state.instance.token(of: id, authorizedParty: authorizedParty)
            return (token, state.instance.takeEvents())
        }
        publish(events)
        return token
    }

    /// Changes a user as Clerk does after a customer's directory removed the person: sets `deprovisioned` and ends all sessions.
    public func deprovision(_ user: String) throws {
        let events = try state.withLock { state in
            try state.instance.change(.user, user, ["deprovisioned": true])
            try state.instance.endSessions(of: user)
            _ = try FakeOperations.changed(user, &state.instance)
            return state.instance.takeEvents()
        }
        publish(events)
    }

    /// Makes an OAuth access token of a user. At Clerk, the Frontend API gives out such tokens.
    public func oauthToken(of user: String, clientID: String = "client_1", scopes: [String] = []) -> String {
        state.withLock { state in
            let secret = "oat_secret_\(state.instance.makeID(.oauthToken))"
            _ = state.instance.addToken(
                .oauthToken,
                "clerk_idp_oauth_access_token",
                secret,
                lifetime: 86_400,
                ["subject": .string(user), "client_id": .string(clientID), "scopes": JSONValue(scopes)]
            )
            return secret
        }
    }

    /// Returns the fault of the next answer; `nil` if the answer has no fault.
    func nextFault() -> Fault? {
        state.withLock { state in
            while let entry = state.faults.first {
                guard entry.times > 0 else {
                    state.faults.removeFirst()
                    continue
                }
                state.faults[0].times -= 1
                return entry.fault
            }
            return nil
        }
    }

    /// Counts a request, and returns the number of seconds until the limit allows another request; `nil` if the limit allows this request.
    func secondsOverLimit() -> Int? {
        state.withLock { state in
            guard var limit = state.limit else { return nil }
            let now = state.instance.now / 1_000
            if now >= limit.windowStart + limit.seconds { (limit.windowStart, limit.used) = (now, 0) }
            limit.used += 1
            state.limit = limit
            return limit.used > limit.count ? max(1, limit.windowStart + limit.seconds - now) : nil
        }
    }

    /// Carries out an operation completely or not at all.
    func perform(_ call: FakeCall) throws(FakeRefusal) -> JSONValue {
        guard let operation = FakeOperations.all[call.operation.id] else {
            let reason = FakeOperations.notServed[call.operation.id] ?? "It is not known."
            throw FakeRefusal(501, "not_faked", "The fake does not serve \(call.operation.id). \(reason)")
        }
        let outcome = state.withLock { state -> Result<(JSONValue, [FakeEvent]), FakeRefusal> in
            var instance = state.instance
            do throws(FakeRefusal) {
                let answer = try operation(&instance, call)
                let events = instance.takeEvents()
                state.instance = instance
                return .success((answer.told, events))
            } catch {
                return .failure(error)
            }
        }
        let (answer, events) = try outcome.get()
        publish(events)
        return call.operation.id == "GetJWKS" ? keyPair.jwks : answer
    }

    func record(_ request: Request) {
        state.withLock { $0.requests.append(request) }
    }

    private func publish(_ events: [FakeEvent]) {
        for event in events { webhooks.add(event) }
    }
}

/// An event in the form of a webhook.
struct FakeEvent: Sendable {
    let type: String
    let data: JSONValue
    let instanceID: String
    let milliseconds: Int
}

extension FakeState {
    /// Returns the events since the last call.
    mutating func takeEvents() -> [FakeEvent] {
        defer { events = [] }
        return events.map { FakeEvent(type: $0.type, data: $0.data.told, instanceID: instanceID, milliseconds: now) }
    }
}
#else
/// A fake of Clerk's Backend API over real HTTP on the loopback, for tests without an account.
@available(*, unavailable, message: "enable the trait TestServers of the package gatehouse")
public final class FakeClerk: Sendable {
    public let url = ""

    public static func run<Value: Sendable>(_ body: (FakeClerk) async throws -> Value) async throws -> Value {
        try await body(FakeClerk())
    }

    private init() {}
}
#endif
