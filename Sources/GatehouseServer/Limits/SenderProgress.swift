#if Server
import NIOCore

/// The progress of the request that is being sent on a connection, and the connection's deadlines.
final class SenderProgress {
    private enum Phase { case idle, head, body }

    private let headTime: TimeAmount
    private let bodyTime: TimeAmount
    private let idleTime: TimeAmount
    private var phase = Phase.idle
    /// The number of bytes that came since an incomplete head began.
    private(set) var headBytes = 0
    /// A number that no head which ends in the present read exceeds, in bytes.
    private(set) var headBound = 0
    /// The time at which the present read began.
    private(set) var readTime = NIODeadline.now()
    /// True if a refusal was sent.
    private(set) var isLingering = false
    /// The time at which the connection is closed; `nil` if there is none.
    private var deadline: NIODeadline?
    /// The task that checks the deadline.
    private var watch: Scheduled<Void>?
    private var watchTime: NIODeadline?

    init(_ limits: ServerConfiguration.Limits) {
        (headTime, bodyTime) = (TimeAmount(limits.headTime), TimeAmount(limits.bodyTime))
        idleTime = TimeAmount(limits.idleTime)
    }

    /// Starts the time of the head. A connection on which nothing is sent has the same limit as a slow head.
    func opened(_ context: ChannelHandlerContext) {
        close(context, at: context.eventLoop.now + min(headTime, idleTime))
    }

    func bytesCame(_ count: Int, _ context: ChannelHandlerContext) {
        readTime = context.eventLoop.now
        headBound = headBytes + count
        guard phase != .body else { return }
        if phase == .idle {
            phase = .head
            close(context, at: readTime + headTime)
        }
        headBytes += count
    }

    func headEnded(_ context: ChannelHandlerContext) {
        (phase, headBytes) = (.body, 0)
        close(context, at: readTime + bodyTime)
    }

    func requestEnded() {
        phase = .idle
        if !isLingering { deadline = nil }
    }

    /// Starts the idle time, if no other request has begun since the last request was answered.
    func answered(at time: NIODeadline, _ context: ChannelHandlerContext) {
        if phase == .idle, !isLingering { close(context, at: time + idleTime) }
    }

    func stop() {
        (headBytes, deadline) = (0, nil)
        watch?.cancel()
        (watch, watchTime) = (nil, nil)
    }

    /// Ends sending, and reads and drops further bytes for a moment. A connection that is closed with unread bytes is reset, and its client
    /// might never see the answer.
    func linger(_ context: ChannelHandlerContext) {
        (isLingering, headBytes) = (true, 0)
        context.close(mode: .output, promise: nil)
        close(context, at: context.eventLoop.now + .seconds(1))
    }

    private func close(_ context: ChannelHandlerContext, at deadline: NIODeadline) {
        self.deadline = deadline
        if let watchTime, watchTime <= deadline { return }
        watch(context.channel, until: deadline)
    }

    /// Closes the connection at a time, or goes on watching if the deadline has moved. A request that is sent at once moves the deadline
    /// three times, and needs no new task for that.
    private func watch(_ channel: any Channel, until time: NIODeadline) {
        watch?.cancel()
        watchTime = time
        let eventLoop = channel.eventLoop
        watch = eventLoop.assumeIsolated().scheduleTask(deadline: time) { [self] in
            (watch, watchTime) = (nil, nil)
            guard let deadline else { return }
            if deadline <= eventLoop.now { channel.close(promise: nil) } else { watch(channel, until: deadline) }
        }
    }
}
#endif
