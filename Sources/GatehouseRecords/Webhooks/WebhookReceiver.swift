public import GatehouseBase
public import HTTPTypes
import Synchronization

/// A receiver of webhooks, which stores each durably before it is acknowledged, keeps the directory current, and runs an application's
/// handlers from the store.
///
/// A webhook, its change of the directory, and its mark for tokens are written in one transaction, so that a revocation is in force when
/// the webhook is acknowledged. Handlers run in ``run()``, each in one transaction with the mark that the event is done: an event takes
/// effect once, even if it arrives several times.
public final class WebhookReceiver<Store: RecordStore>: Sendable {
    /// The transaction that a handler writes through.
    public typealias Database = Store.Transaction.Database
    typealias Handler = @Sendable (WebhookEvent, Database) throws -> Void

    /// The receiver's settings.
    public let configuration: Configuration
    let store: Store
    let source: any WebhookSource
    let rules: DirectoryRules
    let clock: WallClock
    let teller: InvalidationTeller<Store>
    let notice: @Sendable (WebhookNotice) -> Void
    let waker = Waker()
    private let verifier: WebhookVerifier
    private let isAudited: Bool
    let firstSight: FirstSight<Store>?
    private let intake: GroupCommit<Arrival, Taken>
    private let handlers = Mutex<[ByteText: [Handler]]>([:])
    private let counts = Mutex(WebhookStatistics())
    private let unhandled = Mutex<Set<ByteText>>([])

    /// Makes a receiver.
    ///
    /// - Parameters:
    ///   - store: The store of the webhooks and the directory.
    ///   - source: The source of the webhooks, which interprets their bodies.
    ///   - verifier: The verifier of signatures.
    ///   - rules: The rules for changes of the directory.
    ///   - audit: The log in which events are recorded; `nil` if there is none.
    ///   - configuration: The settings of the receiver.
    ///   - clock: The clock that tells the time.
    ///   - backend: The backend that is asked for a user whom a membership names and the directory has never seen; `nil` for no backend.
    ///     The backend has to answer within seconds, since the sender waits. Otherwise only the facts of the membership are stored.
    ///   - invalidate: A closure that forgets outdated roles and tokens, such as `Authorizer.invalidate(_:)`. If it throws, the webhook is
    ///     not acknowledged, and the closure is called again: by ``run()``, and when the webhook is sent again.
    ///   - notice: A closure that receives the notices for an operator.
    public init(
        _ store: Store,
        source: some WebhookSource,
        verifier: WebhookVerifier,
        rules: DirectoryRules,
        audit: AuditLog? = nil,
        backend: (any DirectoryBackend)? = nil,
        configuration: Configuration = Configuration(),
        clock: WallClock = .system,
        invalidate: @escaping @Sendable (Invalidation) async throws -> Void,
        notice: @escaping @Sendable (WebhookNotice) -> Void = { _ in }
    ) {
        self.store = store
        self.source = source
        self.verifier = verifier
        self.rules = rules
        self.configuration = configuration
        self.clock = clock
        let teller = InvalidationTeller(store, invalidate)
        self.teller = teller
        self.notice = notice
        isAudited = audit != nil
        firstSight = backend.map { FirstSight(store: store, backend: $0, issuer: rules.issuer) }
        let chain = audit.map { ($0.writer, $0.notifiedTypes) }
        intake = GroupCommit(maximumBatch: configuration.batch) { arrivals in
            let told = teller.toldNumbers
            let taken = try await store.write { rows in
                try rows.removeUntold(told)
                return try Self.take(arrivals, rules, chain, rows)
            }
            teller.forget(told)
            return taken
        }
    }

    /// Runs a handler for each event of a type, in one transaction with the mark that the event is done.
    ///
    /// The handlers of an object receive its states in order, and no state twice: a state that arrives late is skipped. A handler of
    /// `….created` runs when an object is seen for the first time, even by a later event. After a deletion no state follows.
    ///
    /// - Parameters:
    ///   - type: The type of the events.
    ///   - handler: The handler. If it throws, all its writes are undone, and it runs again later.
    @discardableResult
    public func on<Payload>(
        _ type: WebhookEventType<Payload>,
        _ handler: @escaping @Sendable (Payload, Database) throws -> Void
    ) -> Self {
        let name = ByteText(type.name)
        handlers.withLock { handlers in
            handlers[name, default: []].append { event, database in try handler(try type.payload(event), database) }
        }
        return self
    }

    func handlers(of type: String) -> [Handler] { handlers.withLock { $0[ByteText(type)] ?? [] } }

    /// Returns true if some handler may have to run for an event.
    private func isHandled(_ event: WebhookEvent) -> Bool {
        handlers.withLock { handlers in
            if handlers[ByteText(event.type)] != nil { return true }
            guard event.phase == .state else { return false }
            return handlers[ByteText(event.kind + ".created")] != nil
                || handlers[ByteText(event.kind + ".updated")] != nil
        }
    }

    /// Takes a request to the webhook's address.
    ///
    /// - Parameters:
    ///   - fields: The request's header fields.
    ///   - body: The request's body, byte for byte.
    public func receive(_ fields: HTTPFields, body: [UInt8]) async -> WebhookReception {
        let reception = await take(fields, body)
        count { $0.count(reception) }
        return reception
    }

    /// The numbers of webhooks and attempts since the receiver was made.
    public var statistics: WebhookStatistics { counts.withLock { $0 } }

    func count(_ body: (inout WebhookStatistics) -> Void) { counts.withLock { body(&$0) } }

    /// Returns the numbers of waiting webhooks, and the arrival of the oldest webhook that the directory has not taken.
    ///
    /// - Throws: ``RecordStoreError`` if the store does not answer.
    public func inboxState() async throws -> (state: InboxState, oldestUnapplied: Timestamp?) {
        let source = source.name
        return try await store.read { (try $0.inboxState(of: source), try $0.oldestUnapplied()) }
    }

    private func take(_ fields: HTTPFields, _ body: [UInt8]) async -> WebhookReception {
        guard body.count <= configuration.maximumBodyByteCount else { return .tooLarge }
        intake.expect()
        var arrival: Arrival
        do {
            arrival = try self.arrival(try verifier.verify(fields, body: body).id, body)
        } catch {
            intake.expectNoLonger()
            return refused(error)
        }
        if let firstSight {
            intake.expectNoLonger()
            arrival = await withFirstSights(arrival, firstSight)
        }
        do {
            let taken = try await intake.submit(arrival, wasExpected: firstSight == nil)
            if taken.isNew, arrival.webhook.state == .dead { count { $0.deadLetters &+= 1 } }
            if taken.isPending { waker.wake() }
            // Earlier invalidations that could not be published then are published now.
            if taken.isNew { try await teller.tell(taken.untold) } else { try await teller.tellAll() }
            return taken.isNew ? .stored : .repeated
        } catch {
            return refused(error)
        }
    }

    /// Says that a webhook was not taken, and why.
    private func refused(_ error: any Error) -> WebhookReception {
        if let error = error as? WebhookSignatureError {
            notice(.refused(error))
            return error.code == .cryptography ? .unavailable(.cryptography) : .refused(error)
        }
        let error = error as? RecordStoreError ?? RecordStoreError(.unavailable, "\(error)")
        notice(.unavailable(error))
        return .unavailable(error)
    }

    /// Reads the body of a webhook with a valid signature.
    private func arrival(_ id: String, _ body: [UInt8]) throws(RecordStoreError) -> Arrival {
        let received = clock.now()
        let event: WebhookEvent
        do throws(WebhookFormatError) {
            event = try source.event(body, id: id, received: received)
        } catch {
            notice(.deadLetter(id: id, reason: error.message))
            var webhook = StoredWebhook(
                source: source.name,
                id: id,
                type: nil,
                object: nil,
                received: received,
                body: body,
                state: .dead
            )
            webhook.error = error.message
            return Arrival(webhook)
        }
        let isHandled = isHandled(event)
        if !isHandled, unhandled.withLock({ $0.count < 1_000 && $0.insert(ByteText(event.type)).inserted }) {
            notice(.unhandled(type: event.type))
        }
        let webhook = StoredWebhook(
            source: source.name,
            id: id,
            type: event.type,
            object: event.object,
            user: event.user,
            received: received,
            body: body,
            state: isHandled ? .pending : .done,
            isApplied: true
        )
        var record: PreparedRecord?
        if isAudited, let kept = event.record { record = try PreparedRecord(kept) }
        return Arrival(webhook, event.changes, record)
    }
}
