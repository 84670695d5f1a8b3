package import Foundation
import Synchronization

private let starting = Mutex(())

extension Process {
    /// A process of a program, by its path or by a name that is looked up in `PATH`.
    ///
    /// - Parameters:
    ///   - command: The program, and its arguments.
    ///   - environment: Variables beside those of this process.
    ///   - folder: The working folder; `nil` for that of this process.
    convenience init(_ command: [String], environment: [String: String], folder: String?) {
        self.init()
        let isPath = command.first?.contains("/") == true
        executableURL = URL(filePath: isPath ? command[0] : "/usr/bin/env")
        arguments = isPath ? Array(command.dropFirst()) : command
        self.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let folder { currentDirectoryURL = URL(filePath: folder) }
    }

    /// Connects a process to pipes that are made meanwhile, and starts it: one process at a time.
    ///
    /// A process that is started while another thread makes a pipe may inherit that pipe, and whoever waits for the pipe's end then waits for the
    /// life of a process that has nothing to do with it. Foundation on Linux crashes here in a process with more than about 1,350 open
    /// descriptors: a test that needs so many connections holds them in a process of its own.
    package func start(_ connect: () throws -> Void = {}) throws {
        try starting.withLock { _ in
            try connect()
            try run()
        }
    }
}
