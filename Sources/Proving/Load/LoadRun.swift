import Glibc

/// One load, on the thread that calls it.
struct LoadRun {
    /// Between two looks at the sockets, in microseconds; so much too late an answer may be seen.
    private static let breath: UInt32 = 200

    private let port: Int
    private let plan: LoadPlan
    private let requests: PreparedRequests
    /// Side by side: the connection at each place, and what the system is asked about it.
    private var connections: [LoadConnection?] = []
    private var polled: [pollfd] = []
    private var idle: [Int] = []
    private var result: LoadResult
    private var next = 0
    /// Requests to send again, with the time from which on they may be, oldest first.
    private var again: [(request: Int, from: Int64)] = []
    private var repeated = 0
    private var done = 0
    private let start = Clocks.steady
    private let startWall = Clocks.wall
    private var lastTaken: Int64

    init(port: Int, plan: LoadPlan, requests: PreparedRequests) {
        self.port = port
        self.plan = plan
        self.requests = requests
        result = LoadResult(requests: requests.count)
        lastTaken = start
    }

    mutating func finish() -> LoadResult {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer {
            buffer.deallocate()
            for connection in connections { connection?.close() }
        }
        let limit = start + microseconds(plan.atMost)
        while done < requests.count, Clocks.steady < limit {
            connect()
            sendDue()
            let ready = poll(&polled, nfds_t(polled.count), 1)
            if ready > 0 { receiveAll(buffer) }
            // Answers gather meanwhile: looking at hundreds of sockets for each of them would cost more than sending.
            usleep(Self.breath)
        }
        result.elapsed = .microseconds(Clocks.steady - start)
        return result
    }

    // MARK: Sending

    /// A server that is away is tried again at each turn, with one connection.
    private mutating func connect() {
        for place in 0..<plan.connections where place >= connections.count || connections[place] == nil {
            guard let connection = LoadConnection(port: port) else { return }
            if place == connections.count {
                connections.append(nil)
                polled.append(pollfd())
            }
            connections[place] = connection
            polled[place] = pollfd(fd: connection.socket, events: Int16(POLLIN), revents: 0)
            idle.append(place)
        }
    }

    private mutating func sendDue() {
        let now = Clocks.steady
        while repeated < again.count, again[repeated].from <= now, let place = idle.popLast() {
            send(again[repeated].request, on: place)
            repeated += 1
        }
        while next < requests.count {
            let due = due(next, now: now)
            guard due <= now, let place = idle.popLast() else { return }
            result.dueAt[next] = startWall + due - start
            send(next, on: place)
            next += 1
        }
    }

    private func due(_ index: Int, now: Int64) -> Int64 {
        switch plan.pace {
        case .steady(let perSecond): start + Int64(Double(index) * 1_000_000 / perSecond)
        case .closed: now
        }
    }

    private mutating func send(_ request: Int, on place: Int) {
        connections[place]?.request = request
        connections[place]?.dueAt = result.dueAt[request] - startWall + start
        let isSent = requests.withBytes(of: request) { connections[place]?.send($0) ?? false }
        if !isSent { lose(place) }
    }

    // MARK: Receiving

    private mutating func receiveAll(_ buffer: UnsafeMutableRawBufferPointer) {
        for place in polled.indices where polled[place].revents != 0 {
            receive(on: place, buffer)
        }
    }

    private mutating func receive(on place: Int, _ buffer: UnsafeMutableRawBufferPointer) {
        guard let reading = connections[place]?.read(into: buffer) else { return }
        switch reading {
        case .incomplete: break
        case .closed: lose(place)
        case .answer(let answer):
            settle(answer.status, on: place)
            if answer.isLast { drop(place) } else { idle.append(place) }
        }
    }

    private mutating func settle(_ status: Int, on place: Int) {
        guard let connection = connections[place], let request = connection.request else { return }
        connections[place]?.request = nil
        result.statuses[status, default: 0] += 1
        guard status == 200 else { return put(back: request) }
        let now = Clocks.steady
        result.longestSilence = max(result.longestSilence, .microseconds(now - lastTaken))
        lastTaken = now
        result.isTaken[request] = true
        result.delays.record(microseconds: now - connection.dueAt)
        done += 1
    }

    private mutating func lose(_ place: Int) {
        if let request = connections[place]?.request {
            result.broken += 1
            put(back: request)
        } else {
            idle.removeAll { $0 == place }
        }
        drop(place)
    }

    private mutating func drop(_ place: Int) {
        connections[place]?.close()
        connections[place] = nil
        polled[place].fd = -1
    }

    private mutating func put(back request: Int) {
        if plan.repeats {
            again.append((request, Clocks.steady + 20_000))
        } else {
            done += 1
        }
    }

    private func microseconds(_ duration: Duration) -> Int64 {
        duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
    }
}
