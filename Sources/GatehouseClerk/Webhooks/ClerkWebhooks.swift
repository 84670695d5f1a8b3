public import GatehouseBase
public import GatehouseRecords
public import Logging

/// A receiver of Clerk's webhooks.
///
/// ```swift
/// let webhooks = try ClerkWebhooks(records, secrets: ["whsec_…"], authorizer: authorizer, audit: records.audit)
/// webhooks.on(.userUpdated) { event, database in
///     try database.execute(sql: "UPDATE users SET email = ? WHERE id = ?", arguments: [event.data.primaryEmail, event.data.id])
/// }
/// ```
public typealias ClerkWebhooks<Store: RecordStore> = WebhookReceiver<Store>

extension WebhookReceiver {
    /// Makes a receiver of Clerk's webhooks, which keeps the directory, the authorizer's memory and its marks in step.
    ///
    /// - Parameters:
    ///   - store: The store that keeps the webhooks and the directory.
    ///   - secrets: The signing secrets of the endpoint, `whsec_…`; several while they are rotated.
    ///   - authorizer: The authorizer, which forgets memberships and roles that are taken away. Its `Authorizer.issuer` is the issuer of the
    ///     users.
    ///   - audit: The log in which events are recorded; `nil` if there is none.
    ///   - clerk: The client that is asked for a user whom a membership names and the directory has never seen; `nil` for none.
    ///   - configuration: The settings of the receiver.
    ///   - logger: The logger for notices to an operator.
    ///   - clock: The clock that tells the time.
    /// - Throws: `WebhookSignatureError` for a secret that is none, `WebhookFormatError` for an authorizer without an issuer.
    public convenience init(
        _ store: Store,
        secrets: [String],
        authorizer: Authorizer,
        audit: AuditLog? = nil,
        clerk: ClerkClient? = nil,
        configuration: Configuration = Configuration(),
        logger: Logger = Logger(label: "gatehouse.webhooks") { _ in SwiftLogNoOpLogHandler() },
        clock: WallClock = .system
    ) throws {
        let source = ClerkWebhookSource()
        self.init(
            store,
            source: source,
            verifier: try WebhookVerifier(secrets: secrets, names: source.fieldNames, clock: clock),
            rules: try DirectoryRules(authorizer),
            audit: audit,
            // Svix waits 15 s for an answer.
            backend: clerk.map { ClerkDirectoryBackend($0).answering(within: .seconds(3)) },
            configuration: configuration,
            clock: clock,
            invalidate: { try await authorizer.invalidate($0) },
            notice: { logger.write($0) }
        )
    }
}

extension Logger {
    /// Writes a notice about webhooks.
    fileprivate func write(_ notice: WebhookNotice) {
        switch notice {
        case .refused(let error):
            info("a webhook was refused", metadata: ["gatehouse.webhook.reason": "\(error)"])
        case .unavailable(let error):
            self.error("webhooks cannot be stored or run", metadata: ["gatehouse.webhook.reason": "\(error)"])
        case .unhandled(let type):
            info(
                "events of this type are stored, and no handler is registered for them",
                metadata: ["gatehouse.webhook.type": "\(type.printable)"]
            )
        case .failed(let id, let reason):
            warning(
                "a webhook's handler failed, and will be run again",
                metadata: ["gatehouse.webhook.id": "\(id)", "gatehouse.webhook.reason": "\(reason)"]
            )
        case .deadLetter(let id, let reason):
            self.error(
                "a webhook is a dead letter",
                metadata: ["gatehouse.webhook.id": "\(id)", "gatehouse.webhook.reason": "\(reason)"]
            )
        }
    }
}
