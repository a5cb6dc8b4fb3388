// Frames of a camera as JPEG files, and samples of a microphone.

const WIDTH = 480;
const INTERVAL = 100;
const PIECE = 1600;

// What there is of both.
export async function open(video) {
  const source = await first([{ video: true, audio: true }, { video: true }, { audio: true }]);
  video.srcObject = source;
  if (source.getVideoTracks().length > 0) await video.play();
  return source;
}

async function first(wishes) {
  for (const [i, wish] of wishes.entries()) {
    try {
      return await navigator.mediaDevices.getUserMedia(wish);
    } catch (error) {
      if (i === wishes.length - 1) throw new Error(`There is neither a camera nor a microphone: ${error.message}`);
    }
  }
}

// Ten a second, one at a time.
export function frames(video, onFrame, signal) {
  const canvas = new OffscreenCanvas(1, 1);
  let busy = false;
  const timer = setInterval(async () => {
    if (busy || !video.videoWidth) return;
    busy = true;
    try {
      canvas.width = Math.min(WIDTH, video.videoWidth);
      canvas.height = Math.round(canvas.width * video.videoHeight / video.videoWidth);
      canvas.getContext('2d').drawImage(video, 0, 0, canvas.width, canvas.height);
      const file = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
      if (!signal.aborted) onFrame(await file.arrayBuffer());
    } finally {
      busy = false;
    }
  }, INTERVAL);
  signal.addEventListener('abort', () => clearInterval(timer));
}

// Tenths of a second, with the time of their first sample.
export async function listen(source, sampleRate, onSound, signal) {
  if (source.getAudioTracks().length === 0) return;
  const context = new AudioContext({ sampleRate });
  signal.addEventListener('abort', () => context.close());
  await context.audioWorklet.addModule('playground/js/samples.js');
  if (signal.aborted) return;
  const node = new AudioWorkletNode(context, 'samples', { numberOfOutputs: 0, processorOptions: { piece: PIECE } });
  let sent = 0;
  node.port.onmessage = ({ data }) => {
    onSound(sent / sampleRate, data);
    sent += data.length;
  };
  context.createMediaStreamSource(source).connect(node);
}
