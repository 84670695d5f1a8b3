/// A client of Clerk's Backend API.
///
/// ```swift
/// let clerk = ClerkClient(secretKey: try ClerkSecretKey(key), transport: AsyncHTTPClientTransport())
/// let tenant = try await clerk.createTenant(name: "Acme", slug: "acme", plan: "pro", maximumMembers: 25)
/// try await clerk.invitations.create(in: tenant.id, emailAddress: "ada@example.com", role: "org:admin")
/// for try await membership in clerk.memberships.list(in: tenant.id) {
///     print(membership.userID ?? "", membership.role ?? "")
/// }
/// ```
///
/// Keep one client for one instance, since the client has the budget of requests. No error, description or log of the client contains the
/// secret key.
public struct ClerkClient: Sendable {
    let secretKey: ClerkSecretKey
    let transport: any HTTPTransport
    /// The settings of the client.
    public let configuration: Configuration
    let limiter: RequestLimiter
    let environment: Environment

    /// The clock and chance of a client: tests set them.
    struct Environment: Sendable {
        var clock = MonotonicClock.system
        var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
        /// A number from 0 to 1, by which a pause before another attempt is shortened by up to a half.
        var jitter: @Sendable () -> Double = { Double.random(in: 0...1) }
    }

    /// Makes a client.
    ///
    /// - Throws: ``ClerkError`` with the code `invalidRequest` if the address of the configuration is neither https nor http to this
    ///   machine, since the secret key would be sent without encryption.
    public init(
        secretKey: ClerkSecretKey,
        transport: any HTTPTransport,
        configuration: Configuration = Configuration()
    ) throws(ClerkError) {
        try self.init(
            secretKey: secretKey,
            transport: transport,
            configuration: configuration,
            environment: Environment()
        )
    }

    init(
        secretKey: ClerkSecretKey,
        transport: any HTTPTransport,
        configuration: Configuration,
        environment: Environment
    ) throws(ClerkError) {
        guard RemoteAddress(configuration.address)?.isAcceptable == true,
            !configuration.address.utf8.contains(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") })
        else {
            throw ClerkError(
                .invalidRequest,
                "the address of Clerk's API must be https, or http to this machine, without a query"
            )
        }
        self.secretKey = secretKey
        self.transport = transport
        self.configuration = configuration
        self.environment = environment
        limiter = RequestLimiter(
            configuration.limits ?? (secretKey.isProduction ? .production : .development),
            clock: environment.clock,
            sleep: environment.sleep
        )
    }

    /// Makes a client that shares the budget of another.
    init(_ other: ClerkClient, _ configuration: Configuration) {
        (secretKey, transport, limiter, environment) = (
            other.secretKey, other.transport, other.limiter, other.environment
        )
        self.configuration = configuration
    }
}

extension ClerkClient: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address of the API, and nothing of the key.
    public var description: String { "a client of \(configuration.address.printable(atMost: 256))" }
    /// The ``description``.
    public var debugDescription: String { description }
    /// The ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["address": configuration.address]) }
}
