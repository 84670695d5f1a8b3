public import GatehouseBase
public import HTTPTypes
import Synchronization

/// Takes webhooks: stores each durably before it is acknowledged, keeps the directory in step with it, and runs an application's
/// handlers from the store.
///
/// What a webhook means for the directory, and the mark that it leaves for tokens, are written in the same transaction as the webhook:
/// once it is acknowledged, what it took away is taken away. Handlers run in ``run()``, each in one transaction with the mark that the
/// event is done: an event takes effect once, however often it arrives.
public final class WebhookReceiver<Store: RecordStore>: Sendable {
    /// What a handler writes through.
    public typealias Database = Store.Transaction.Database
    typealias Handler = @Sendable (WebhookEvent, Database) throws -> Void

    /// What a receiver is told.
    public struct Configuration: Sendable {
        /// The most bytes of a body.
        public var maximumBodyByteCount: Int
        /// When handlers that failed are run again.
        public var retry: RetrySchedule
        /// How long handlers may run until others take it that they have ended.
        public var lease: Duration
        /// How long webhooks that are done are known, so that they take no effect again; at least seven days.
        public var retention: Duration
        /// How many webhooks share a transaction.
        public var batch: Int

        /// Makes a configuration.
        public init(
            maximumBodyByteCount: Int = 1 << 20,
            retry: RetrySchedule = RetrySchedule(),
            lease: Duration = .seconds(60),
            retention: Duration = .seconds(30 * 86_400),
            batch: Int = 64
        ) {
            self.maximumBodyByteCount = maximumBodyByteCount
            self.retry = retry
            self.lease = lease
            self.retention = max(retention, .seconds(7 * 86_400))
            self.batch = max(1, batch)
        }
    }

    /// What the receiver was told.
    public let configuration: Configuration
    let store: Store
    let source: any WebhookSource
    let rules: DirectoryRules
    let clock: WallClock
    let invalidate: @Sendable (Invalidation) async -> Void
    let notice: @Sendable (WebhookNotice) -> Void
    let waker = Waker()
    private let verifier: WebhookVerifier
    private let isAudited: Bool
    private let intake: GroupCommit<Arrival, Taken>
    private let handlers = Mutex<[ByteText: [Handler]]>([:])
    private let unhandled = Mutex<Set<ByteText>>([])

    /// Makes a receiver.
    ///
    /// - Parameters:
    ///   - store: The store that keeps the webhooks and the directory.
    ///   - source: Who sends, and what the bodies mean.
    ///   - verifier: The verifier of signatures.
    ///   - rules: What changes of the directory are judged by.
    ///   - audit: Where what happened is recorded; `nil` if nowhere.
    ///   - configuration: The settings of the receiver.
    ///   - clock: The clock that tells the time.
    ///   - invalidate: Forgets what is no longer to be believed, such as `Authorizer.applyLocally(_:)`.
    ///   - notice: Hears of what an operator should know.
    public init(
        _ store: Store,
        source: some WebhookSource,
        verifier: WebhookVerifier,
        rules: DirectoryRules,
        audit: AuditLog? = nil,
        configuration: Configuration = Configuration(),
        clock: WallClock = .system,
        invalidate: @escaping @Sendable (Invalidation) async -> Void,
        notice: @escaping @Sendable (WebhookNotice) -> Void = { _ in }
    ) {
        self.store = store
        self.source = source
        self.verifier = verifier
        self.rules = rules
        self.configuration = configuration
        self.clock = clock
        self.invalidate = invalidate
        self.notice = notice
        isAudited = audit != nil
        let chain = audit.map { ($0.writer, $0.notifiedTypes) }
        intake = GroupCommit(maximumBatch: configuration.batch) { arrivals in
            try await store.write { try Self.take(arrivals, rules, chain, $0) }
        }
    }

    /// Runs a handler for each event of a type, in one transaction with the mark that the event is done.
    ///
    /// Handlers of an object see its states in order, and none twice: a state that arrives late is passed over. A handler of `….created`
    /// runs when an object is first seen, be that by a later event; nothing follows a deletion.
    ///
    /// - Parameters:
    ///   - type: The type of the events.
    ///   - handler: Where it throws, everything that it wrote is undone, and it is run again later.
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

    /// Whether some handler may have to run for an event.
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
        guard body.count <= configuration.maximumBodyByteCount else { return .tooLarge }
        let webhook: WebhookVerifier.Webhook
        do throws(WebhookSignatureError) {
            webhook = try verifier.verify(fields, body: body)
        } catch {
            notice(.refused(error))
            return error.code == .cryptography ? .unavailable(.cryptography) : .refused(error)
        }
        do {
            let taken = try await intake.submit(try arrival(webhook.id, body))
            for invalidation in taken.invalidations { await invalidate(invalidation) }
            if taken.isPending { waker.wake() }
            return taken.isNew ? .stored : .repeated
        } catch {
            let error = error as? RecordStoreError ?? RecordStoreError(.unavailable, "\(error)")
            notice(.unavailable(error))
            return .unavailable(error)
        }
    }

    /// Judges a body whose signature holds.
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
            return Arrival(webhook: webhook, event: nil, record: nil)
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
            received: received,
            body: body,
            state: isHandled ? .pending : .done,
            isApplied: true
        )
        var record: PreparedRecord?
        if isAudited, let kept = event.record { record = try PreparedRecord(kept) }
        return Arrival(webhook: webhook, event: event, record: record)
    }
}

/// What came of a request to the webhook's address.
public enum WebhookReception: Sendable, Hashable {
    /// It is stored durably, and what it takes away is taken away.
    case stored
    /// It was stored before, and has no further effect.
    case repeated
    /// The signature is missing, stale or wrong.
    case refused(WebhookSignatureError)
    /// The body is larger than is taken.
    case tooLarge
    /// It could not be stored: send it again.
    case unavailable(RecordStoreError)

    /// The HTTP status to answer.
    public var status: HTTPResponse.Status {
        switch self {
        case .stored, .repeated: .ok
        case .refused: .badRequest
        case .tooLarge: .contentTooLarge
        case .unavailable: .serviceUnavailable
        }
    }
}

/// Something about webhooks that an operator should know.
public enum WebhookNotice: Sendable, Hashable {
    /// A request was refused.
    case refused(WebhookSignatureError)
    /// A webhook could not be stored.
    case unavailable(RecordStoreError)
    /// The first event of a type for which there is no handler.
    case unhandled(type: String)
    /// A handler failed, and will be run again.
    case failed(id: String, reason: String)
    /// A webhook is a dead letter: no event, or one that failed too often.
    case deadLetter(id: String, reason: String)
}
