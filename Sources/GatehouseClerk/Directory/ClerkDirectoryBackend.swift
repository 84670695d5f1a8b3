public import GatehouseRecords

/// Clerk's Backend API as the original of the directory.
///
/// The requests of the backend use the budget of the client, which stays below Clerk's own limits. If Clerk nevertheless reports too many
/// requests, the backend waits for the time that Clerk states, at most for a minute.
public struct ClerkDirectoryBackend: DirectoryBackend {
    private let client: ClerkClient
    private let pageSize: Int
    /// The largest number of attempts of a request that Clerk refuses for its rate.
    private let attempts: Int
    private static let longestPause = Duration.seconds(60)

    /// Makes a source over a client.
    ///
    /// - Parameters:
    ///   - client: The client of the instance.
    ///   - pageSize: The number of objects of a page: 1 to 500.
    public init(_ client: ClerkClient, pageSize: Int = 500) {
        self.init(client, pageSize: pageSize, attempts: 20)
    }

    init(_ client: ClerkClient, pageSize: Int = 500, attempts: Int) {
        self.client = client
        self.pageSize = max(1, min(pageSize, 500))
        self.attempts = attempts
    }

    /// Returns a backend for callers that cannot wait longer than a few seconds.
    public func answering(within deadline: Duration) -> ClerkDirectoryBackend {
        ClerkDirectoryBackend(client.with(deadline: deadline), pageSize: pageSize, attempts: 1)
    }

    public func users(from cursor: String?) async throws -> DirectoryPage<DirectoryUser> {
        try await page("GetUserList", from: cursor, Self.user)
    }

    public func organizations(from cursor: String?) async throws -> DirectoryPage<DirectoryOrganization> {
        try await page("ListOrganizations", from: cursor, Self.organization)
    }

    public func memberships(
        of organization: String,
        from cursor: String?
    ) async throws -> DirectoryPage<DirectoryMembership> {
        try await page("ListOrganizationMemberships", [organization], from: cursor, Self.membership)
    }

    public func count() async throws -> Int? {
        let users = try await send(ClerkRequest("GetUsersCount")).int("total_count")
        var counts = [users]
        for operation in ["ListOrganizations", "InstanceGetOrganizationMemberships"] {
            counts.append(try await send(ClerkRequest(operation, query: ["limit": 1])).int("total_count"))
        }
        return counts.reduce(0) { sum, count in sum.flatMap { sum in count.map { sum + $0 } } }
    }

    public func user(_ id: String) async throws -> DirectoryUser? {
        try await object("GetUser", id).map { try Self.user($0) }
    }

    public func organization(_ id: String) async throws -> DirectoryOrganization? {
        let found = try await object("GetOrganization", id).map { try Self.organization($0) }
        // The API accepts the slug of an organization in place of its id.
        return found.flatMap { $0.id.hasSameBytes(as: id) ? $0 : nil }
    }

    public func memberships(of user: String, in organization: String) async throws -> [DirectoryMembership] {
        let found: [DirectoryMembership]
        do throws(ClerkError) {
            let request = ClerkRequest(
                "ListOrganizationMemberships",
                path: [organization],
                query: ["user_id": [.string(user)], "limit": .number(JSONNumber(pageSize))]
            )
            found = try await read(request, Self.membership).objects
        } catch {
            guard error.code == .notFound else { throw error }
            found = []
        }
        // A filter that Clerk does not understand lets everybody through.
        return found.filter { $0.user.hasSameBytes(as: user) && $0.organization.hasSameBytes(as: organization) }
    }

    private static func user(_ object: ClerkEventObject) throws(WebhookFormatError) -> DirectoryUser {
        try ClerkPayload.User(object).directoryUser
    }

    private static func organization(
        _ object: ClerkEventObject
    ) throws(WebhookFormatError) -> DirectoryOrganization {
        try ClerkPayload.Organization(object).directoryOrganization
    }

    private static func membership(_ object: ClerkEventObject) throws(WebhookFormatError) -> DirectoryMembership {
        try ClerkPayload.Membership(object).directoryMembership
    }

    private func page<Object: Sendable>(
        _ operation: String,
        _ path: [String] = [],
        from cursor: String?,
        _ make: (ClerkEventObject) throws(WebhookFormatError) -> Object
    ) async throws(ClerkError) -> DirectoryPage<Object> {
        let offset = cursor.flatMap { Int($0) } ?? 0
        let request = ClerkRequest(
            operation,
            path: path,
            query: [
                "limit": .number(JSONNumber(pageSize)), "offset": .number(JSONNumber(offset)),
                "order_by": "+created_at",
            ]
        )
        let (objects, total) = try await read(request, make)
        // Clerk may lower a limit, so that a short page need not be the last page.
        let isLast = objects.isEmpty || total.map { offset + objects.count >= $0 } ?? false
        return DirectoryPage(objects, next: isLast ? nil : "\(offset + objects.count)")
    }

    /// Returns the objects of a list, and the total number of objects; `nil` if Clerk does not return the number.
    private func read<Object: Sendable>(
        _ request: ClerkRequest,
        _ make: (ClerkEventObject) throws(WebhookFormatError) -> Object
    ) async throws(ClerkError) -> (objects: [Object], total: Int?) {
        let answer = try await send(request)
        guard let elements = ClerkClient.elements(of: answer) else {
            throw ClerkError(.invalidAnswer, "the answer is no list", operation: request.operation)
        }
        var objects: [Object] = []
        objects.reserveCapacity(elements.count)
        for element in elements {
            do throws(WebhookFormatError) {
                objects.append(try make(ClerkEventObject(element)))
            } catch {
                throw ClerkError(.invalidAnswer, error.message, operation: request.operation)
            }
        }
        return (objects, answer.int("total_count"))
    }

    /// Returns the object with this id; `nil` if there is none.
    private func object(_ operation: String, _ id: String) async throws(ClerkError) -> ClerkEventObject? {
        do throws(ClerkError) {
            return ClerkEventObject(try await send(ClerkRequest(operation, path: [id])))
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

    /// Sends a request, again after a pause if there were too many requests.
    private func send(_ request: ClerkRequest) async throws(ClerkError) -> JSONValue {
        var attempt = 1
        while true {
            do throws(ClerkError) {
                return try await client.send(request)
            } catch {
                guard error.code == .rateLimited, attempt < attempts else { throw error }
                let pause = min(max(error.retryAfter ?? .seconds(1), .milliseconds(100)), Self.longestPause)
                do { try await client.environment.sleep(pause) } catch { throw .cancelled }
                attempt += 1
            }
        }
    }
}

extension DirectoryResync {
    /// Compares the directory with a Clerk instance.
    ///
    /// - Parameters:
    ///   - authorizer: The authorizer, which forgets memberships and roles that are taken away. Its ``Authorizer/issuer`` is the issuer of the
    ///     users.
    /// - Throws: ``WebhookFormatError`` for an authorizer without an issuer.
    public init(_ store: Store, from clerk: ClerkClient, authorizer: Authorizer) throws(WebhookFormatError) {
        self.init(
            store,
            from: ClerkDirectoryBackend(clerk),
            rules: try DirectoryRules(authorizer),
            source: ClerkWebhookSource().name,
            invalidate: { try await authorizer.invalidate($0) }
        )
    }
}

extension DirectoryRules {
    /// Makes the rules of an authorizer, whose policy determines the changes of role that may take a permission away.
    ///
    /// - Throws: ``WebhookFormatError`` for an authorizer without an issuer.
    init(_ authorizer: Authorizer) throws(WebhookFormatError) {
        guard let issuer = authorizer.issuer else { throw WebhookFormatError("the authorizer was told no issuer") }
        self.init(issuer: issuer) { former, role in
            // If a credential's permissions count, any change of role may take a permission away.
            guard authorizer.permissionSource == .roles else { return former.map { $0 != role } ?? false }
            return authorizer.engine.mayTakeAway(byReplacing: former, with: role)
        }
    }
}
