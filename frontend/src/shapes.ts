// Marks as shapes on the graphics card: what an organisation is can be told without its colour.

import { NodeProgram, type ProgramInfo } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";

const VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_edge;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
uniform mat3 u_matrix;
varying vec4 v_color;
varying vec4 v_edge;
varying float v_shape;
varying float v_feather;
const float bias = 255.0 / 254.0;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  float size = max(a_size / u_sizeRatio * u_pixelRatio * 2.0, 3.0);
  gl_PointSize = size;
  v_feather = 2.0 / size;
  v_shape = a_shape;
  v_edge = a_edge;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}`;

// The shapes in the order in which the server counts them: disc, circle, square, diamond, cross; ten more with a ring.
const FRAGMENT = /* glsl */ `
precision mediump float;
varying vec4 v_color;
varying vec4 v_edge;
varying float v_shape;
varying float v_feather;
float inside(float shape, vec2 at) {
  vec2 to = abs(at);
  if (shape < 0.5) return 1.0 - length(at);
  if (shape < 1.5) return min(0.9 - length(at), length(at) - 0.5);
  if (shape < 2.5) return 0.86 - max(to.x, to.y);
  if (shape < 3.5) return 1.0 - to.x - to.y;
  return min(0.24 - min(abs(at.x - at.y), abs(at.x + at.y)) * 0.7, 0.86 - max(to.x, to.y));
}
void main(void) {
  vec2 at = (gl_PointCoord - 0.5) * 2.0;
  #ifdef PICKING_MODE
  gl_FragColor = length(at) < 1.0 ? v_color : vec4(0.0);
  #else
  bool ringed = v_shape > 9.5;
  float mark = ringed ? inside(v_shape - 10.0, at * 1.75) : inside(v_shape, at);
  float edge = ringed ? min(1.0 - length(at), length(at) - 0.8) : -1.0;
  vec4 drawn = mix(vec4(0.0), v_color, smoothstep(-v_feather, v_feather, mark));
  gl_FragColor = mix(drawn, v_edge, smoothstep(-v_feather, v_feather, edge));
  #endif
}`;

const UNIFORMS = ["u_sizeRatio", "u_pixelRatio", "u_matrix"] as const;
const { FLOAT, UNSIGNED_BYTE, POINTS } = WebGLRenderingContext;

export const RINGED = 10;

/** Draws a node with the attributes `shape` (0..4, RINGED more with a ring) and `edge`, the colour of that ring. */
export class ShapeProgram extends NodeProgram<(typeof UNIFORMS)[number]> {
  getDefinition() {
    return {
      VERTICES: 1,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: POINTS,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_edge", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
    };
  }

  processVisibleItem(id: number, start: number, data: NodeDisplayData & { shape?: number; edge?: string }): void {
    const array = this.array;
    let place = start;
    array[place++] = data.x;
    array[place++] = data.y;
    array[place++] = data.size;
    array[place++] = floatColor(data.color);
    array[place++] = floatColor(data.edge ?? data.color);
    array[place++] = data.shape ?? 0;
    array[place++] = id;
  }

  setUniforms({ sizeRatio, pixelRatio, matrix }: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    const at = uniformLocations as Record<string, WebGLUniformLocation>;
    gl.uniform1f(at["u_sizeRatio"]!, sizeRatio);
    gl.uniform1f(at["u_pixelRatio"]!, pixelRatio);
    gl.uniformMatrix3fv(at["u_matrix"]!, false, matrix);
  }
}
