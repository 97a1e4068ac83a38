"""A TCP forwarder: lets a destination be away, and come back, at one address."""

import asyncio
import threading
import urllib.parse


class Forwarder:
    """Listens while it is entered; connections to it go on to the address behind."""

    def __init__(self, port, url):
        self.port = port
        self.target = urllib.parse.urlsplit(url)
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.listener = None

    def __enter__(self):
        self.thread.start()
        self.listener = self._run(asyncio.start_server(self._forward, "127.0.0.1", self.port))
        return self

    def __exit__(self, *_):
        self.loop.call_soon_threadsafe(self.listener.close)
        self._run(self._cancel_all())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    def _run(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    @staticmethod
    async def _cancel_all():
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _forward(self, reader, writer):
        there_reader, there_writer = await asyncio.open_connection(self.target.hostname, self.target.port)
        try:
            await asyncio.gather(self._pump(reader, there_writer), self._pump(there_reader, writer))
        finally:
            writer.close()
            there_writer.close()

    @staticmethod
    async def _pump(reader, writer):
        try:
            while data := await reader.read(1 << 16):
                writer.write(data)
                await writer.drain()
            writer.write_eof()
        except OSError:
            pass  # one side is gone; the other one ends with it
